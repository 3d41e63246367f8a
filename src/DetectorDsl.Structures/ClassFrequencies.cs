using System.Collections.Immutable;

namespace DetectorDsl.Structures;

/// <summary>How often each class occurs in a data set, as losses for long tails weigh it.</summary>
/// <param name="Images">Images of the data set; training sets hold none without objects.</param>
/// <param name="ImageCounts">Images that hold each class: C numbers.</param>
/// <param name="InstanceCounts">Objects of each class: C numbers.</param>
public sealed record ClassFrequencies(int Images, ImmutableArray<int> ImageCounts, ImmutableArray<int> InstanceCounts)
{
    /// <summary>Number of classes, C.</summary>
    public int Classes => ImageCounts.Length;

    /// <summary>Which classes are in few images.</summary>
    /// <param name="share">Share of all images below which a class is rare, 0 to 1.</param>
    /// <param name="images">The same as a number of images, which then takes the share's place; null for none.</param>
    /// <returns>C answers.</returns>
    public bool[] RarerThan(double share, int? images) =>
        [.. ImageCounts.Select(count => images is { } bound ? count < bound : count < share * Images)];

    /// <summary>How many classes a threshold reaches, for people.</summary>
    /// <param name="what">What has the threshold.</param>
    /// <param name="share">Share of all images below which a class is rare, 0 to 1.</param>
    /// <param name="images">The same as a number of images, which then takes the share's place; null for none.</param>
    /// <returns>One sentence; where no class is reached, with a remedy.</returns>
    public string Reach(string what, double share, int? images)
    {
        var (limit, rare) = (images ?? (share * Images), RarerThan(share, images).Count(isRare => isRare));
        return rare > 0
            ? FormattableString.Invariant($"{what}: {rare} of {Classes} classes are in fewer than {limit:0.#} of {Images} images.")
            : FormattableString.Invariant(
                $"{what} changes nothing: its threshold is {limit:0.#} of {Images} images, and every class is in {ImageCounts.DefaultIfEmpty(0).Min()} at least. Give a larger threshold, or another loss."
            );
    }
}
