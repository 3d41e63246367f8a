using DetectorDsl;

namespace Zoo;

/// <summary>Cascade Mask R-CNN on LVIS v1 by mmdetection's recipe: ResNet-50, cross-entropy, every image once per epoch, 24 epochs, several scales.</summary>
[Detector, Categories(typeof(LvisV1))]
public abstract partial record LvisCascadeMaskRcnn : CascadeMaskRcnn
{
    public override Backbone Backbone => Parts.Resnet50;

    public override Neck Neck => Parts.Fpn;

    public override ProposalHead ProposalHead => Parts.CascadeRpn;

    public override RoiHead RoiHead => Parts.Cascade;

    public override BoxHead BoxHead => Parts.BoxHead with { BoxLoss = new SmoothL1Loss() };

    public override MaskHead MaskHead => Parts.MaskHead;

    public override DetectionSelection Detections => Parts.LvisDetections;

    public override Preprocessing Preprocessing => Parts.Preprocessing;

    public override ValueList<Augmentation> Augmentations => Parts.SeveralScales;

    public override Optimizer Optimizer => Parts.Optimizer;

    public override Schedule Schedule => Parts.Schedule2x;

    public override TrainingPlan Training => Parts.Training2x;

    public override EvaluationPlan Evaluation => new(EvaluationRules.Lvis);
}
