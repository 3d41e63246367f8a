using System.Collections.Immutable;

namespace LongTail.Experiment;

/// <summary>What measured values are called: validation set, then what is compared, then the limit, then the metric, such as <c>balanced.masks.300.APr</c>.</summary>
internal static class Names
{
    /// <summary>The validation set with as many objects of each class.</summary>
    public const string Balanced = "balanced";

    /// <summary>The validation set with the training set's frequencies.</summary>
    public const string Natural = "natural";

    /// <summary>Boxes.</summary>
    public const string Boxes = "boxes";

    /// <summary>Masks.</summary>
    public const string Masks = "masks";

    /// <summary>At most 300 detections an image.</summary>
    public const string Usual = "300";

    /// <summary>At most 30 detections an image.</summary>
    public const string Few = "30";

    /// <summary>No limit per image, 10,000 detections a class: AP-Fixed.</summary>
    public const string Fixed = "fixed";

    /// <summary>Before the values that were measured after four fifths of the training.</summary>
    public const string Early = "early.";

    /// <summary>Shares of ground-truth boxes that the classifier tells rightly, by group.</summary>
    public const string Accuracy = "accuracy";

    /// <summary>Validation sets.</summary>
    public static ImmutableArray<string> Sets { get; } = [Balanced, Natural];

    /// <summary>What is compared.</summary>
    public static ImmutableArray<string> Kinds { get; } = [Boxes, Masks];

    /// <summary>Limits.</summary>
    public static ImmutableArray<string> Limits { get; } = [Usual, Few, Fixed];

    /// <summary>One of a kind, for the head of a column.</summary>
    public static string Singular(string kind) => kind == Boxes ? "box" : "mask";

    /// <summary>A value's name.</summary>
    public static string Of(string set, string kind, string limit, string metric) => $"{set}.{kind}.{limit}.{metric}";
}
