namespace DetectorDsl.Annotations;

/// <summary>An annotation as the file states it, before the checks.</summary>
internal sealed class RawAnnotation
{
    /// <summary>Place in the file's list.</summary>
    public required int Index { get; init; }

    public long? Id { get; set; }

    public long? ImageId { get; set; }

    public int? CategoryId { get; set; }

    public double[]? Box { get; set; }

    public double? Area { get; set; }

    public bool IsCrowd { get; set; }

    public RawSegmentation? Segmentation { get; set; }
}

/// <summary>A segmentation as the file states it: rings, or runs with a size.</summary>
internal sealed record RawSegmentation(double[][]? Rings, uint[]? Runs, byte[]? Text, int Height, int Width);
