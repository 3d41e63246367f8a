using System.Collections.Immutable;

namespace DetectorDsl.Data.Rendering;

/// <summary>How large a rendered data set is. The categories and their order are the same in every step.</summary>
public sealed class RenderedStep
{
    private RenderedStep(string name, int trainImages, int frequentCount, int tailStart, int validationPerClass, int naturalImages)
    {
        Name = name;
        TrainImages = trainImages;
        FrequentCount = frequentCount;
        TailStart = tailStart;
        ValidationPerClass = validationPerClass;
        NaturalImages = naturalImages;
    }

    /// <summary>A few dozen images for tests: no class is frequent by LVIS's bounds.</summary>
    public static RenderedStep Small { get; } = new("small", 60, 24, 18, 2, 12);

    /// <summary>The default run's: about 420 training images, 2,300 objects.</summary>
    public static RenderedStep Default { get; } = new("default", 420, 102, 88, 25, 100);

    /// <summary>Four times the default's frequent classes on a tail of the same form.</summary>
    public static RenderedStep Large { get; } = new("large", 1400, 408, 100, 25, 200);

    /// <summary>Sixteen times the default's frequent classes on a tail of the same form.</summary>
    public static RenderedStep Full { get; } = new("full", 5000, 1632, 100, 25, 400);

    /// <summary>All steps, the smallest first.</summary>
    public static ImmutableArray<RenderedStep> All { get; } = [Small, Default, Large, Full];

    /// <summary>Name, part of the category file's.</summary>
    public string Name { get; }

    /// <summary>Name of the file with the categories and their counts, in <c>Rendering/Categories</c>, for <c>[CategorySet]</c>.</summary>
    public string CategoryFile => $"rendered_{Name}_categories.json";

    /// <summary>Training images.</summary>
    public int TrainImages { get; }

    /// <summary>Instances of each frequent class in the training images.</summary>
    public int FrequentCount { get; }

    /// <summary>Instances of the first class of the tail, from which counts fall with the exponent 1.8.</summary>
    public int TailStart { get; }

    /// <summary>Instances of each class in the balanced validation images.</summary>
    public int ValidationPerClass { get; }

    /// <summary>Images of the validation set with the training set's frequencies.</summary>
    public int NaturalImages { get; }

    /// <summary>Side of the square images in pixels.</summary>
    public int ImageSize => 160;

    /// <summary>Half the side of an object of scale 1 in pixels.</summary>
    public double BaseRadius => 17;

    /// <summary>Instances of the class at a rank, the most frequent first.</summary>
    /// <param name="rank">0 to 59.</param>
    /// <returns>The number, at least 3.</returns>
    public int Count(int rank) => rank < RenderedCategories.FrequentClasses
        ? FrequentCount
        : Math.Max(3, (int)Math.Round(TailStart * Math.Pow((RenderedCategories.FrequentClasses + 1.0) / (rank + 1), 1.8)));
}
