namespace DetectorDsl.EndToEnd.Tests.Declarations;

/// <summary>What tiny one-stage detectors have in common.</summary>
[Detector]
public abstract partial record TinyOneStage : OneStageDetector
{
    public override Backbone Backbone => Tiny.Backbone;

    public override Neck Neck => new Fpn(Channels: 32, Levels: 4) { StartLevel = 1, ExtraLevels = ExtraLevels.FromBackbone };

    public override DetectionSelection Detections => Tiny.Detections;

    public override Preprocessing Preprocessing => Tiny.Preprocessing;

    public override ValueList<Augmentation> Augmentations => Tiny.Augmentations;

    public override Optimizer Optimizer => new AdamW(LearningRate: 1e-3);

    public override Schedule Schedule => Tiny.Schedule;

    public override TrainingPlan Training => Tiny.Training;

    public override EvaluationPlan Evaluation => new(EvaluationRules.Lvis);
}

/// <summary>RetinaNet's head on a tiny network.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record TinyRetinaNet : TinyOneStage
{
    public override DenseHead DenseHead =>
        new RetinaHead
        {
            Layers = 1,
            Anchors = new AnchorGrid { Scales = [3], Ratios = [1.0] },
        };
}

/// <summary>FCOS's head on a tiny network, with a factor per level.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record TinyFcos : TinyOneStage
{
    public override Neck Neck =>
        new Fpn(Channels: 32, Levels: 4)
        {
            StartLevel = 1,
            ExtraLevels = ExtraLevels.FromPyramid,
            ReluBetweenExtraLevels = true,
        };

    public override DenseHead DenseHead => new FcosHead { Layers = 1, NormGroups = 4 };

    public override Optimizer Optimizer =>
        new AdamW(LearningRate: 1e-3) { Biases = new(LearningRate: 2, WeightDecay: 0), Modules = [new("backbone", LearningRate: 0.5)] };
}
