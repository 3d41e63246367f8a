namespace DetectorDsl.Annotations;

/// <summary>An object of an image.</summary>
/// <param name="Id">Its id, unique in the file.</param>
/// <param name="ImageId">The image.</param>
/// <param name="CategoryId">The category.</param>
/// <param name="Box">Its box.</param>
/// <param name="Area">Area in pixels as the file states it.</param>
/// <param name="Segmentation">Its outline or mask; null where the file has none.</param>
/// <param name="IsCrowd">COCO: a region with many objects that are not told apart.</param>
public sealed record InstanceAnnotation(long Id, long ImageId, int CategoryId, Box Box, double Area, Segmentation? Segmentation, bool IsCrowd);
