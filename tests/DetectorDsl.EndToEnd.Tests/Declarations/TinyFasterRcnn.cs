namespace DetectorDsl.EndToEnd.Tests.Declarations;

/// <summary>A tiny Faster R-CNN.</summary>
[Detector]
public abstract partial record TinyFasterRcnn : FasterRcnn
{
    public override Backbone Backbone => Tiny.Backbone;

    public override Neck Neck => Tiny.Neck;

    public override ProposalHead ProposalHead => Tiny.ProposalHead;

    public override RoiHead RoiHead => Tiny.RoiHead;

    public override RoiExtractor BoxFeatures => Tiny.BoxFeatures;

    public override BoxHead BoxHead => Tiny.BoxHead;

    public override DetectionSelection Detections => Tiny.Detections;

    public override Preprocessing Preprocessing => Tiny.Preprocessing;

    public override ValueList<Augmentation> Augmentations => Tiny.Augmentations;

    public override Optimizer Optimizer => Tiny.Optimizer;

    public override Schedule Schedule => Tiny.Schedule;

    public override TrainingPlan Training => Tiny.Training;

    public override EvaluationPlan Evaluation => new(EvaluationRules.Lvis);
}
