namespace DetectorDsl.EndToEnd.Tests.Declarations;

/// <summary>A tiny Hybrid Task Cascade with everything: interleaved, mask information flow, semantic branch.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record TinyHtc : Htc
{
    public override Backbone Backbone => Tiny.Backbone;

    public override Neck Neck => Tiny.Neck;

    public override ProposalHead ProposalHead => TinyCascade.ProposalHead;

    public override RoiHead RoiHead =>
        new HybridTaskCascade
        {
            Sampler = TinyCascade.Sampler,
            Semantic = new SemanticBranch { Layers = 1 },
        };

    public override RoiExtractor BoxFeatures => Tiny.BoxFeatures;

    public override BoxHead BoxHead => (FullyConnectedBoxHead)base.BoxHead with { Layers = 1, Width = 32 };

    public override RoiExtractor MaskFeatures => Tiny.MaskFeatures;

    public override MaskHead MaskHead => Tiny.MaskHead with { Channels = 16 };

    public override DetectionSelection Detections => Tiny.Detections;

    public override Preprocessing Preprocessing => Tiny.Preprocessing;

    public override ValueList<Augmentation> Augmentations => Tiny.Augmentations;

    public override Optimizer Optimizer => Tiny.Optimizer;

    public override Schedule Schedule => Tiny.Schedule;

    public override TrainingPlan Training => Tiny.Training;

    public override EvaluationPlan Evaluation => new(EvaluationRules.Lvis);
}

/// <summary>A tiny HTC-Lite with Seesaw Loss: global context, masks in the last pass.</summary>
[Detector]
public partial record SeesawHtcLite : TinyHtc
{
    public override RoiHead RoiHead =>
        (HybridTaskCascade)base.RoiHead with
        {
            Semantic = null,
            Context = new GlobalContext { Layers = 1 },
            MaskInformationFlow = false,
            MasksInEveryPass = false,
        };

    public override BoxHead BoxHead => base.BoxHead with { Classifier = new NormalizedLinear(), ClassificationLoss = new SeesawLoss() };

    // The last pass alone, with a quarter of the weight, teaches the masks.
    public override MaskHead MaskHead => base.MaskHead with { ClassAgnostic = true };

    public override Optimizer Optimizer => new AdamW(LearningRate: 2e-3);
}
