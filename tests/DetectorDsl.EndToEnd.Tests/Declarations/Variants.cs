namespace DetectorDsl.EndToEnd.Tests.Declarations;

/// <summary>Cross-entropy; one box and one mask per class.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record CrossEntropyMaskRcnn : TinyMaskRcnn;

/// <summary>Seesaw Loss with normalised predictors; one box and one mask per region.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record SeesawMaskRcnn : TinyMaskRcnn
{
    public override BoxHead BoxHead =>
        Tiny.BoxHead with
        {
            Classifier = new NormalizedLinear(),
            ClassificationLoss = new SeesawLoss(),
            ClassAgnostic = true,
        };

    public override MaskHead MaskHead => Tiny.MaskHead with { Predictor = new NormalizedConvolution(), ClassAgnostic = true };

    public override ImageSampler TrainSampler => new RepeatFactor { ThresholdImages = 6 };
}

/// <summary>Focal loss, one box per region, one mask per class.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record FocalMaskRcnn : TinyMaskRcnn
{
    public override BoxHead BoxHead => Tiny.BoxHead with { ClassificationLoss = new SigmoidFocalLoss(), ClassAgnostic = true };
}

/// <summary>Cross-entropy beside an objectness branch.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record ObjectnessMaskRcnn : TinyMaskRcnn
{
    public override BoxHead BoxHead => Tiny.BoxHead with { ClassificationLoss = new ObjectnessCrossEntropyLoss() };

    public override Optimizer Optimizer => new AdamW(LearningRate: 3e-3);
}

/// <summary>No masks; class-aware images; a step schedule; gradients of two batches added up.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record PlainFasterRcnn : TinyFasterRcnn
{
    public override ImageSampler TrainSampler => new ClassAwareImages();

    public override Schedule Schedule => new MultiStep([0.5], Gamma: 0.5) { WarmupSteps = 5 };

    public override TrainingPlan Training => base.Training with { AccumulationSteps = 2 };
}

/// <summary>Group normalisation and AdamW.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record GroupNormMaskRcnn : TinyMaskRcnn
{
    public override Backbone Backbone => Tiny.Backbone with { Norm = new GroupNorm(Groups: 4) };

    public override Optimizer Optimizer => new AdamW(LearningRate: 1e-3) { NoDecayOnNormAndBias = true };
}

/// <summary>Bottlenecks as in R-50, smooth L1, a pyramid with a level beyond the backbone's.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record BottleneckMaskRcnn : TinyMaskRcnn
{
    public override Backbone Backbone => new ResNet(Depth: 50) { BaseChannels = 8 };

    public override Neck Neck => new Fpn(Channels: 16, Levels: 5);

    public override ProposalHead ProposalHead => Tiny.ProposalHead with { BoxLoss = new SmoothL1Loss(Beta: 1.0 / 9) };

    public override BoxHead BoxHead => Tiny.BoxHead with { Layers = 2, BoxLoss = new SmoothL1Loss() };

    public override MaskHead MaskHead => Tiny.MaskHead with { Layers = 2 };
}

/// <summary>Bottlenecks in groups, deformable in the later stages.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record DeformableMaskRcnn : TinyMaskRcnn
{
    public override Backbone Backbone =>
        new ResNet(Depth: 50, Groups: 4, WidthPerGroup: 32) { BaseChannels = 8, Deformable = new DeformableConvolution(Groups: 2) };
}
