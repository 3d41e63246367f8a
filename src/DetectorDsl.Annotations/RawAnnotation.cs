namespace DetectorDsl.Annotations;

/// <summary>An annotation as the file states it, before the checks.</summary>
internal sealed class RawAnnotation
{
    /// <summary>Place in the file's list.</summary>
    public required int Index { get; init; }

    /// <summary>Null where the file states none; may stand for a word.</summary>
    public long? Id { get; set; }

    public long? ImageId { get; set; }

    public int? CategoryId { get; set; }

    public Box? Box { get; set; }

    public double? Area { get; set; }

    /// <summary>Null where the value is none.</summary>
    public bool? IsCrowd { get; set; } = false;

    public bool IsIgnored { get; set; }

    public RawSegmentation? Segmentation { get; set; }

    /// <summary>The first value of another type than wanted, in words.</summary>
    public string? Mistake { get; set; }

    public JsonMembers? Extra { get; set; }
}
