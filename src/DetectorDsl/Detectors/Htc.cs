namespace DetectorDsl;

/// <summary>Hybrid Task Cascade (Chen et al. 2019), without its semantic branch: <c>RoiHead => new HybridTaskCascade { Semantic = new SemanticBranch() }</c> adds one.</summary>
/// <remarks>Defaults are mmdetection's, configs/htc/htc-without-semantic_r50_fpn_1x_coco.py.</remarks>
[Detector]
public abstract partial record Htc : CascadeMaskRcnn
{
    /// <summary>How regions are assigned, sampled and refined. Default: three passes, interleaved, with mask information flow.</summary>
    public override RoiHead RoiHead => new HybridTaskCascade();

    /// <summary>Which scored boxes become detections. Default: those above 0.001, 100 per image.</summary>
    public override DetectionSelection Detections => new(ScoreThreshold: 0.001);
}
