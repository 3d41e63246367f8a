namespace DetectorDsl;

/// <summary>FCOS as torchvision computes it (<c>fcos_resnet50_fpn</c> with a ResNet-50): its weights give its detections.</summary>
/// <remarks>Source: torchvision, models/detection/fcos.py and references/detection.</remarks>
[Detector]
public abstract partial record TorchvisionFcos : Fcos
{
    /// <summary>The backbone. Default: ResNet-50, batch norm frozen; stem and first stage frozen.</summary>
    public override Backbone Backbone => TorchvisionParts.Backbone with { Norm = new BatchNorm(BatchNormMode.Frozen) };

    /// <inheritdoc />
    public override Preprocessing Preprocessing => TorchvisionParts.Preprocessing;

    /// <inheritdoc />
    public override DenseHead DenseHead =>
        new FcosHead
        {
            Assigner = new PointAssigner(CentreRadius: 1.5, ClosedRanges: false),
            BoxLoss = new GeneralizedIouLoss(),
            ConvolutionBias = true,
            CentrenessFromBoxes = true,
            LearnedScales = false,
            DistancesInStrides = true,
            WeightBoxesByCentreness = false,
            GeometricMeanScores = true,
            FirstLocation = 0,
            FittedStrides = true,
        };

    /// <summary>Which scored boxes become detections. Default: above 0.2, suppressed at IoU 0.6, the best 100.</summary>
    public override DetectionSelection Detections => new(ScoreThreshold: 0.2, NmsIou: 0.6);

    /// <summary>How gradients become changes of the weights. Default: SGD, learning rate 0.01, momentum 0.9, weight decay 1e-4.</summary>
    public override Optimizer Optimizer => new Sgd(LearningRate: 0.01);

    /// <summary>How the learning rate changes. Default: a tenth after epochs 16 and 22.</summary>
    public override Schedule Schedule => new MultiStep([16, 22]);

    /// <summary>How long training lasts. Default: 26 epochs.</summary>
    public override TrainingPlan Training => new() { Epochs = 26 };
}
