using DetectorDsl;

namespace Zoo;

/// <summary>Mask R-CNN on LVIS v1 by mmdetection's recipe: ResNet-50, cross-entropy, every image once per epoch, 24 epochs, several scales.</summary>
[Detector, Categories(typeof(LvisV1))]
public abstract partial record LvisMaskRcnn : MaskRcnn
{
    public override Backbone Backbone => Parts.Resnet50;

    public override Neck Neck => Parts.Fpn;

    public override ProposalHead ProposalHead => Parts.Rpn;

    public override RoiHead RoiHead => Parts.RoiHead;

    public override BoxHead BoxHead => Parts.BoxHead;

    public override MaskHead MaskHead => Parts.MaskHead;

    public override DetectionSelection Detections => Parts.LvisDetections;

    public override Preprocessing Preprocessing => Parts.Preprocessing;

    public override ValueList<Augmentation> Augmentations => Parts.SeveralScales;

    public override Optimizer Optimizer => Parts.Optimizer;

    public override Schedule Schedule => Parts.Schedule2x;

    public override TrainingPlan Training => Parts.Training2x;

    public override EvaluationPlan Evaluation => new(EvaluationRules.Lvis);
}

/// <summary>RetinaNet on LVIS v1: 24 epochs, several scales.</summary>
[Detector, Categories(typeof(LvisV1))]
public abstract partial record LvisRetinaNet : RetinaNet
{
    public override Backbone Backbone => Parts.Resnet50;

    public override Neck Neck => Parts.DenseFpn;

    public override DenseHead DenseHead => Parts.RetinaHead;

    public override DetectionSelection Detections => Parts.LvisDetections;

    public override Preprocessing Preprocessing => Parts.Preprocessing;

    public override ValueList<Augmentation> Augmentations => Parts.SeveralScales;

    public override Optimizer Optimizer => Parts.DenseOptimizer;

    public override Schedule Schedule => Parts.Schedule2x;

    public override TrainingPlan Training => Parts.Training2x;

    public override EvaluationPlan Evaluation => new(EvaluationRules.Lvis);
}
