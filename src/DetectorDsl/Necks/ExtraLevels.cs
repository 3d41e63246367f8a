namespace DetectorDsl;

/// <summary>Where a pyramid's levels beyond the backbone's come from.</summary>
public enum ExtraLevels
{
    /// <summary>Every second cell of the level before (Mask R-CNN's P6). No parameters.</summary>
    Subsampled,

    /// <summary>3x3 convolutions of stride 2, the first on the backbone's coarsest map (RetinaNet: P6 from C5).</summary>
    FromBackbone,

    /// <summary>3x3 convolutions of stride 2, the first on the pyramid's coarsest output (FCOS: P6 from P5).</summary>
    FromPyramid,
}
