using DetectorDsl.EndToEnd.Components;

namespace DetectorDsl.EndToEnd.Tests.Declarations;

/// <summary>A tiny Mask R-CNN, on a base in another assembly that counts its records.</summary>
[Detector]
public abstract partial record TinyMaskRcnn : CountingMaskRcnn
{
    public override Backbone Backbone => Tiny.Backbone;

    public override Neck Neck => Tiny.Neck;

    public override ProposalHead ProposalHead => Tiny.ProposalHead;

    public override RoiHead RoiHead => Tiny.RoiHead;

    public override RoiExtractor BoxFeatures => Tiny.BoxFeatures;

    public override BoxHead BoxHead => Tiny.BoxHead;

    public override RoiExtractor MaskFeatures => Tiny.MaskFeatures;

    public override MaskHead MaskHead => Tiny.MaskHead;

    public override DetectionSelection Detections => Tiny.Detections;

    public override Preprocessing Preprocessing => Tiny.Preprocessing;

    public override ValueList<Augmentation> Augmentations => Tiny.Augmentations;

    public override Optimizer Optimizer => Tiny.Optimizer;

    public override Schedule Schedule => Tiny.Schedule;

    public override TrainingPlan Training => Tiny.Training;

    public override EvaluationPlan Evaluation => new(EvaluationRules.Lvis);
}
