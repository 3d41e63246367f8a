namespace DetectorDsl.Annotations;

/// <summary>An object of an image.</summary>
/// <param name="Id">Its id, unique in the file.</param>
/// <param name="ImageId">The image.</param>
/// <param name="CategoryId">The category.</param>
/// <param name="Box">Its box as the file states it, of finite numbers; it may have no size or lie outside the image.</param>
/// <param name="Area">Area in pixels as the file states it.</param>
/// <param name="Segmentation">Its outline or mask; null where the file has none.</param>
/// <param name="IsCrowd">COCO: a region with many objects that are not told apart.</param>
public sealed record InstanceAnnotation(
    long Id,
    long ImageId,
    int CategoryId,
    Box Box,
    double Area,
    Segmentation? Segmentation,
    bool IsCrowd
)
{
    /// <summary>Whether the file marks it as one to be ignored (<c>ignore</c>), as data sets of crowds and aerial images do. Default: false.</summary>
    public bool IsIgnored { get; init; }

    /// <summary>Members of the file's entry that nothing here reads, such as keypoints and attributes; null where there are none.</summary>
    public JsonMembers? Extra { get; init; }

    /// <summary>Whether it is no object to be learnt: a crowd, or one to be ignored.</summary>
    public bool IsRegion => IsCrowd || IsIgnored;
}
