using System.Collections.Immutable;

namespace DetectorDsl.Annotations;

/// <summary>An image of an annotation file.</summary>
/// <param name="Id">Its id, unique in the file.</param>
/// <param name="FileName">Path below the image folder; empty where the file states none.</param>
/// <param name="Width">Width in pixels; 0 where the file states none that can be.</param>
/// <param name="Height">Height in pixels; 0 where the file states none that can be.</param>
public sealed record AnnotatedImage(long Id, string FileName, int Width, int Height)
{
    private const string CocoHost = "http://images.cocodataset.org/";

    /// <summary>LVIS: categories known to be absent from the image.</summary>
    public ImmutableArray<int> NegativeCategoryIds { get; init; } = [];

    /// <summary>LVIS: categories of which some objects may be without annotation.</summary>
    public ImmutableArray<int> NotExhaustiveCategoryIds { get; init; } = [];

    /// <summary>LVIS: whether the file lists absent categories for the image, be it none. Default: false.</summary>
    public bool StatesNegatives { get; init; }

    /// <summary>The id as the file states it, where it is a word; <see cref="Id" /> is a number given to it then.</summary>
    public string? StatedId { get; init; }

    /// <summary>Members of the file's entry that nothing here reads; null where there are none.</summary>
    public JsonMembers? Extra { get; init; }

    /// <summary>Whether width and height are known.</summary>
    public bool HasSize => Width > 0 && Height > 0;

    /// <summary>Whether the file states a size at all, be it one that cannot be.</summary>
    internal bool StatesSize { get; init; } = true;

    /// <summary>Why nothing can be learnt of an object with a box, nor any detection within the image find it.</summary>
    /// <param name="box">The box, of finite numbers.</param>
    /// <returns>What is wrong with it; null if nothing is. Whether a box lies outside is known only of images with a size.</returns>
    public string? WhyUnusable(Box box) =>
        box.Width <= 0 || box.Height <= 0 ? FormattableString.Invariant($"its box has the size {box.Width} x {box.Height}")
        : IsOutside(box)
            ? FormattableString.Invariant(
                $"its box [{box.X}, {box.Y}, {box.Width}, {box.Height}] lies outside image {Id} of {Width} x {Height}"
            )
        : null;

    internal bool IsUsable(Box box) => !(box.Width <= 0 || box.Height <= 0 || IsOutside(box));

    // LVIS v1 has no file names; the address ends in the split's folder and the file.
    internal static string NameFromUrl(string url) => url.StartsWith(CocoHost, StringComparison.Ordinal) ? url[CocoHost.Length..] : url;

    private bool IsOutside(Box box) =>
        box.X + box.Width <= 0 || box.Y + box.Height <= 0 || (HasSize && (box.X >= Width || box.Y >= Height));
}
