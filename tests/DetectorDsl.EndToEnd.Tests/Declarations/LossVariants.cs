namespace DetectorDsl.EndToEnd.Tests.Declarations;

/// <summary>Equalization Loss; a tail by the number of images.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record EqualizationFasterRcnn : TinyFasterRcnn
{
    public override BoxHead BoxHead =>
        Tiny.BoxHead with
        {
            Classifier = new Linear { Prior = 0.05 },
            ClassificationLoss = new EqualizationLoss { LambdaImages = 20 },
            ClassAgnostic = true,
        };
}

/// <summary>Balanced Group Softmax; bounds for a small data set.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record GroupSoftmaxFasterRcnn : TinyFasterRcnn
{
    public override BoxHead BoxHead =>
        Tiny.BoxHead with
        {
            ClassificationLoss = new GroupSoftmaxLoss { Bounds = [2, 5, 10] },
            ClassAgnostic = true,
        };
}

/// <summary>Equalization Loss v2.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record EqualizationV2FasterRcnn : TinyFasterRcnn
{
    public override BoxHead BoxHead =>
        Tiny.BoxHead with
        {
            Classifier = new NormalizedLinear { Prior = 0.05 },
            ClassificationLoss = new EqualizationLossV2(),
            ClassAgnostic = true,
        };
}

/// <summary>Balanced Softmax.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record BalancedSoftmaxFasterRcnn : TinyFasterRcnn
{
    public override BoxHead BoxHead => Tiny.BoxHead with { ClassificationLoss = new BalancedSoftmaxLoss(), ClassAgnostic = true };
}

/// <summary>Federated loss, half of the classes a step.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record FederatedFasterRcnn : TinyFasterRcnn
{
    public override BoxHead BoxHead =>
        Tiny.BoxHead with
        {
            Classifier = new Linear { Prior = 0.05 },
            ClassificationLoss = new FederatedLoss(SampledClasses: 30),
            ClassAgnostic = true,
        };
}

/// <summary>Equalized Focal Loss.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record EqualizedFocalFasterRcnn : TinyFasterRcnn
{
    public override BoxHead BoxHead => Tiny.BoxHead with { ClassificationLoss = new EqualizedFocalLoss(), ClassAgnostic = true };
}

/// <summary>DropLoss; a tail by the number of images.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record DropFasterRcnn : TinyFasterRcnn
{
    public override BoxHead BoxHead =>
        Tiny.BoxHead with
        {
            Classifier = new Linear { Prior = 0.05 },
            ClassificationLoss = new DropLoss { LambdaImages = 20 },
            ClassAgnostic = true,
        };
}

/// <summary>Adaptive Class Suppression Loss; groups for a small data set.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record SuppressionFasterRcnn : TinyFasterRcnn
{
    public override BoxHead BoxHead =>
        Tiny.BoxHead with
        {
            ClassificationLoss = new AdaptiveClassSuppressionLoss(RareImages: 2, CommonImages: 8),
            ClassAgnostic = true,
        };
}

/// <summary>LOCE's equilibrium loss.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record EquilibriumFasterRcnn : TinyFasterRcnn
{
    public override BoxHead BoxHead => Tiny.BoxHead with { ClassificationLoss = new EquilibriumLoss(), ClassAgnostic = true };
}

/// <summary>Seesaw Loss with background as one more class; scores calibrated after training.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record SeesawSoftmaxFasterRcnn : TinyFasterRcnn
{
    public override BoxHead BoxHead => Tiny.BoxHead with { ClassificationLoss = new SeesawSoftmaxLoss(), ClassAgnostic = true };

    public override DetectionSelection Detections => base.Detections with { Calibration = new NorCal(Gamma: 0.5) };
}

/// <summary>Decoupled training: the classifier alone learns anew, with another loss and sampler.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record DecoupledFasterRcnn : TinyFasterRcnn
{
    public override BoxHead BoxHead =>
        Tiny.BoxHead with
        {
            ClassificationLoss = new GroupSoftmaxLoss { Bounds = [2, 5, 10] },
            ClassAgnostic = true,
        };

    public override ImageSampler TrainSampler => new ClassAwareImages();

    public override TrainingPlan Training => base.Training with { TrainOnly = ["roi_head.bbox_head.fc_cls"] };
}
