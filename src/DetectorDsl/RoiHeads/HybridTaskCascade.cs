namespace DetectorDsl;

/// <summary>A cascade whose tasks work hand in hand (Chen et al. 2019): each pass segments the boxes that it has just refined, on top of what the passes before saw in them.</summary>
/// <remarks>
/// For detectors with masks. Parameter names: as in a <see cref="Cascade" />; mask heads after the first have <c>conv_res</c> where information flows.
/// Source: mmdetection, htc_roi_head.py, htc_mask_head.py and configs/htc.
/// </remarks>
[Component]
public record HybridTaskCascade : Cascade
{
    /// <summary>Whether each object keeps its best regions, of the pass's overlap or more, which then are its own even where they overlap another object more. Default true.</summary>
    public override bool MatchLowQuality { get; init; } = true;

    /// <summary>Whether the masks of a pass are trained on the boxes that it has refined, assigned and sampled anew (true, default), or on those that it was given.</summary>
    public bool Interleaved { get; init; } = true;

    /// <summary>Whether a pass's mask head builds on the inner features of the mask head before it, through a 1x1 convolution. Default true; needs masks in every pass.</summary>
    public bool MaskInformationFlow { get; init; } = true;

    /// <summary>Whether every pass has a mask head (true, default), or only the last (HTC-Lite).</summary>
    public bool MasksInEveryPass { get; init; } = true;

    /// <summary>A branch that classifies every place of the image. Default null: none.</summary>
    public SemanticBranch? Semantic { get; init; }

    /// <summary>A vector that says what the image is about. Default null: none.</summary>
    public GlobalContext? Context { get; init; }
}
