namespace DetectorDsl.Structures;

/// <summary>Sizes of an image of a batch, in pixels.</summary>
/// <param name="ImageId">Id in the annotation file; 0 where there is none.</param>
/// <param name="Height">Height after resizing, before padding.</param>
/// <param name="Width">Width after resizing, before padding.</param>
/// <param name="OriginalHeight">Height as stored.</param>
/// <param name="OriginalWidth">Width as stored.</param>
public readonly record struct ImageShape(long ImageId, int Height, int Width, int OriginalHeight, int OriginalWidth)
{
    /// <summary>Height of the image with the padding that it would have alone, which is at most the batch's. Default: the height after resizing.</summary>
    public int PaddedHeight { get; init; } = Height;

    /// <summary>Width of the image with the padding that it would have alone, which is at most the batch's. Default: the width after resizing.</summary>
    public int PaddedWidth { get; init; } = Width;
}
