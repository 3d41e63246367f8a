namespace DetectorDsl.EndToEnd.Tests.Declarations;

/// <summary>What tiny cascades have in common.</summary>
public static class TinyCascade
{
    public static Rpn ProposalHead => Tiny.ProposalHead with { AllowedBorder = 0 };

    public static BoxSampler Sampler => new RandomBoxSampler(32, 0.25, AddGroundTruth: true);

    public static Cascade RoiHead => new() { Sampler = Sampler };
}

/// <summary>A tiny Cascade Mask R-CNN.</summary>
[Detector]
public abstract partial record TinyCascadeMaskRcnn : CascadeMaskRcnn
{
    public override Backbone Backbone => Tiny.Backbone;

    public override Neck Neck => Tiny.Neck;

    public override ProposalHead ProposalHead => TinyCascade.ProposalHead;

    public override RoiHead RoiHead => TinyCascade.RoiHead;

    public override RoiExtractor BoxFeatures => Tiny.BoxFeatures;

    public override BoxHead BoxHead => (FullyConnectedBoxHead)base.BoxHead with { Layers = 1, Width = 32 };

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

/// <summary>Cascade Mask R-CNN with Seesaw Loss and normalised predictors, as mmdetection's configs/seesaw_loss.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record SeesawCascadeMaskRcnn : TinyCascadeMaskRcnn
{
    public override BoxHead BoxHead => base.BoxHead with { Classifier = new NormalizedLinear(), ClassificationLoss = new SeesawLoss() };

    public override MaskHead MaskHead => base.MaskHead with { Predictor = new NormalizedConvolution() };
}

/// <summary>A cascade whose first stage proposes nothing: without objects there is no region in any pass.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record BlindCascadeMaskRcnn : TinyCascadeMaskRcnn
{
    public override ProposalHead ProposalHead =>
        TinyCascade.ProposalHead with
        {
            Training = new ProposalSelection(64, 32, MinSize: 9999),
            Inference = new ProposalSelection(64, 32, MinSize: 9999),
        };
}

/// <summary>Cascade R-CNN with cross-entropy, class-agnostic boxes.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record TinyCascadeRcnn : CascadeRcnn
{
    public override Backbone Backbone => Tiny.Backbone;

    public override Neck Neck => Tiny.Neck;

    public override ProposalHead ProposalHead => TinyCascade.ProposalHead;

    public override RoiHead RoiHead => TinyCascade.RoiHead;

    public override RoiExtractor BoxFeatures => Tiny.BoxFeatures;

    public override BoxHead BoxHead => (FullyConnectedBoxHead)base.BoxHead with { Layers = 1, Width = 32 };

    public override DetectionSelection Detections => Tiny.Detections;

    public override Preprocessing Preprocessing => Tiny.Preprocessing;

    public override ValueList<Augmentation> Augmentations => Tiny.Augmentations;

    public override Optimizer Optimizer => Tiny.Optimizer;

    public override Schedule Schedule => Tiny.Schedule;

    public override TrainingPlan Training => Tiny.Training;

    public override EvaluationPlan Evaluation => new(EvaluationRules.Lvis);
}

/// <summary>Class-specific boxes, a loss that is told the class frequencies, two passes of which the second has a head of its own form, calibrated scores.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record GroupedCascadeRcnn : TinyCascadeRcnn
{
    public override RoiHead RoiHead =>
        TinyCascade.RoiHead with
        {
            Stages =
            [
                new(0.5, new DeltaBoxCoder(0.1, 0.2)),
                new(0.6, new DeltaBoxCoder(0.05, 0.1), LossWeight: 0.5) { BoxHead = (FullyConnectedBoxHead)BoxHead with { Layers = 2 } },
            ],
        };

    public override BoxHead BoxHead =>
        base.BoxHead with
        {
            ClassificationLoss = new GroupSoftmaxLoss { Bounds = [2, 5, 10] },
            ClassAgnostic = false,
        };

    public override DetectionSelection Detections => base.Detections with { Calibration = new NorCal(Gamma: 0.5) };
}
