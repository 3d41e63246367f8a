namespace DetectorDsl.Annotations;

/// <summary>An annotation as the file states it, before the checks.</summary>
internal sealed class RawAnnotation
{
    /// <summary>Place in the file's list.</summary>
    public required int Index { get; init; }

    public long? Id { get; set; }

    public long? ImageId { get; set; }

    public int? CategoryId { get; set; }

    /// <summary>Not a number in its first member where the file's list has not four.</summary>
    public Box? Box { get; set; }

    public double? Area { get; set; }

    public bool IsCrowd { get; set; }

    public RawSegmentation? Segmentation { get; set; }
}
