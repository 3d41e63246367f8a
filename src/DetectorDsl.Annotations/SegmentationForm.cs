namespace DetectorDsl.Annotations;

/// <summary>How a segmentation's packed bytes are to be read.</summary>
internal enum SegmentationForm : byte
{
    /// <summary>There is none.</summary>
    None,

    /// <summary><see cref="PackedRings" />.</summary>
    Rings,

    /// <summary>Height, width and run lengths, four bytes each.</summary>
    Runs,
}
