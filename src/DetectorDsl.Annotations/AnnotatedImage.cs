using System.Collections.Immutable;

namespace DetectorDsl.Annotations;

/// <summary>An image of an annotation file.</summary>
/// <param name="Id">Its id, unique in the file.</param>
/// <param name="FileName">Path below the image folder.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
public sealed record AnnotatedImage(long Id, string FileName, int Width, int Height)
{
    /// <summary>LVIS: categories known to be absent from the image.</summary>
    public ImmutableArray<int> NegativeCategoryIds { get; init; } = [];

    /// <summary>LVIS: categories of which some objects may be without annotation.</summary>
    public ImmutableArray<int> NotExhaustiveCategoryIds { get; init; } = [];
}
