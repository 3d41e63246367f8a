namespace DetectorDsl.Runtime.Heads;

/// <summary>Sizes of an image of a batch, in pixels.</summary>
/// <param name="ImageId">Id in the annotation file; 0 where there is none.</param>
/// <param name="Height">Height after resizing, before padding.</param>
/// <param name="Width">Width after resizing, before padding.</param>
/// <param name="OriginalHeight">Height as stored.</param>
/// <param name="OriginalWidth">Width as stored.</param>
public readonly record struct ImageShape(long ImageId, int Height, int Width, int OriginalHeight, int OriginalWidth);
