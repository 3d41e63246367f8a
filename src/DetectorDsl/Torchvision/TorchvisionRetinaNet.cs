namespace DetectorDsl;

/// <summary>RetinaNet as torchvision computes it (<c>retinanet_resnet50_fpn</c> with a ResNet-50): its weights give its detections.</summary>
/// <remarks>Source: torchvision, models/detection/retinanet.py and references/detection.</remarks>
[Detector]
public abstract partial record TorchvisionRetinaNet : RetinaNet
{
    /// <inheritdoc />
    public override Neck Neck => new Fpn { StartLevel = 1, ExtraLevels = ExtraLevels.FromBackbone, ReluBetweenExtraLevels = true };

    /// <inheritdoc />
    public override DenseHead DenseHead => new RetinaHead
    {
        Anchors = new AnchorGrid { Scales = [4, 5.039684199579493, 6.3496042078727974], WholePixels = true, FittedStrides = true, InPadding = true },
        Assigner = new MaxIouAssigner(0.5, 0.4, 0.0) { BoxesKeepNearest = true },
        BoxCoder = new DeltaBoxCoder { LimitShrinking = false },
        NormalizePerImage = true,
    };

    /// <summary>Which scored boxes become detections. Default: above 0.05, the best 300.</summary>
    public override DetectionSelection Detections => new(MaxPerImage: 300);

    /// <summary>How the learning rate changes. Default: a tenth after epochs 16 and 22.</summary>
    public override Schedule Schedule => new MultiStep([16, 22]);

    /// <summary>How long training lasts. Default: 26 epochs.</summary>
    public override TrainingPlan Training => new() { Epochs = 26 };
}
