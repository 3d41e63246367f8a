using System.Collections.Immutable;

namespace DetectorDsl.Data.Rendering;

/// <summary>
/// How large a rendered data set is, and how long its tail. In the steps listed here the categories and their order are the same; a program may
/// make one of its own.
/// </summary>
/// <param name="Name">Name, part of the category file's.</param>
public sealed record RenderedStep(string Name)
{
    /// <summary>Categories of a family.</summary>
    public const int FamilySize = 6;

    private const double UsualRadius = 17;

    /// <summary>A few dozen images for tests: no class is frequent by LVIS's bounds.</summary>
    public static RenderedStep Small { get; } =
        new("small")
        {
            TrainImages = 60,
            FrequentCount = 24,
            TailStart = 18,
            ValidationPerClass = 2,
            NaturalImages = 12,
        };

    /// <summary>The default run's: about 420 training images, 2,300 objects.</summary>
    public static RenderedStep Default { get; } =
        new("default")
        {
            TrainImages = 420,
            FrequentCount = 102,
            TailStart = 88,
            ValidationPerClass = 25,
            NaturalImages = 100,
        };

    /// <summary>Four times the default's frequent classes on a tail of the same form.</summary>
    public static RenderedStep Large { get; } =
        new("large")
        {
            TrainImages = 1400,
            FrequentCount = 408,
            TailStart = 100,
            ValidationPerClass = 25,
            NaturalImages = 200,
        };

    /// <summary>Sixteen times the default's frequent classes on a tail of the same form.</summary>
    public static RenderedStep Full { get; } =
        new("full")
        {
            TrainImages = 5000,
            FrequentCount = 1632,
            TailStart = 100,
            ValidationPerClass = 25,
            NaturalImages = 400,
        };

    /// <summary>All steps, the smallest first.</summary>
    public static ImmutableArray<RenderedStep> All { get; } = [Small, Default, Large, Full];

    /// <summary>Name of the file with the categories and their counts, in <c>Rendering/Categories</c>, for <c>[CategorySet]</c>.</summary>
    public string CategoryFile => $"rendered_{Name}_categories.json";

    /// <summary>Families of six categories, 2 to 10. Default 10.</summary>
    public int Families { get; init; } = 10;

    /// <summary>The first of the families by its place among the ten silhouettes, 0 to 8: sets of different families share no category. Default 0.</summary>
    public int FirstFamily { get; init; }

    /// <summary>Training images.</summary>
    public required int TrainImages { get; init; }

    /// <summary>Instances of each frequent class in the training images.</summary>
    public required int FrequentCount { get; init; }

    /// <summary>Instances of the first class of the tail, from which counts fall.</summary>
    public required int TailStart { get; init; }

    /// <summary>Exponent with which the tail's counts fall over the rank. Default 1.8.</summary>
    public double TailExponent { get; init; } = 1.8;

    /// <summary>Instances of each class in the balanced validation images.</summary>
    public required int ValidationPerClass { get; init; }

    /// <summary>Images of the validation set with the training set's frequencies.</summary>
    public required int NaturalImages { get; init; }

    /// <summary>Objects of a balanced validation image, on average at most. Default 6.</summary>
    public double ObjectsPerValidationImage { get; init; } = 6;

    /// <summary>Side of the square images in pixels. Default 160.</summary>
    public int ImageSize { get; init; } = 160;

    /// <summary>Half the side of an object of scale 1 in pixels. Default 17.</summary>
    public double BaseRadius { get; init; } = UsualRadius;

    /// <summary>Whether every class has as many training instances as any other: those of the tail, shared out evenly. Default false.</summary>
    public bool IsBalanced { get; init; }

    /// <summary>Categories, families together.</summary>
    public int Classes => Families * FamilySize;

    /// <summary>Categories that are frequent; the ranks after them form the tail.</summary>
    public int FrequentClasses => Families + 2;

    /// <summary>The radius where it is not the usual one: what was rendered before it could be chosen remains valid.</summary>
    internal double? UnusualRadius => BaseRadius == UsualRadius ? null : BaseRadius;

    /// <summary>Instances of the class at a rank, the most frequent first.</summary>
    /// <param name="rank">0 to <see cref="Classes" /> - 1.</param>
    /// <returns>The number, at least 3.</returns>
    public int Count(int rank) => IsBalanced ? (int)Math.Round(Enumerable.Range(0, Classes).Average(CountOfTail)) : CountOfTail(rank);

    private int CountOfTail(int rank) =>
        rank < FrequentClasses
            ? FrequentCount
            : Math.Max(3, (int)Math.Round(TailStart * Math.Pow((FrequentClasses + 1.0) / (rank + 1), TailExponent)));
}
