namespace DetectorDsl;

/// <summary>RetinaNet as torchvision computes it (<c>retinanet_resnet50_fpn</c> with a ResNet-50): its weights give its detections.</summary>
/// <remarks>Source: torchvision, models/detection/retinanet.py and references/detection.</remarks>
[Detector]
public abstract partial record TorchvisionRetinaNet : RetinaNet
{
    /// <summary>
    /// The backbone. Default: ResNet-50, batch norm frozen with an epsilon of 0, as the published COCO weights run; stem and first stage
    /// frozen.
    /// </summary>
    public override Backbone Backbone => TorchvisionParts.FrozenBackbone;

    /// <inheritdoc />
    public override Neck Neck =>
        new Fpn
        {
            StartLevel = 1,
            ExtraLevels = ExtraLevels.FromPyramid,
            ReluBetweenExtraLevels = true,
        };

    /// <inheritdoc />
    public override DenseHead DenseHead => TorchvisionParts.RetinaHead;

    /// <inheritdoc />
    public override Preprocessing Preprocessing => TorchvisionParts.Preprocessing;

    /// <summary>Which scored boxes become detections. Default: above 0.05, the best 300.</summary>
    public override DetectionSelection Detections => new(MaxPerImage: 300);

    /// <summary>How the learning rate changes. Default: a tenth after epochs 16 and 22.</summary>
    public override Schedule Schedule => new MultiStep([16, 22]);

    /// <summary>How long training lasts. Default: 26 epochs.</summary>
    public override TrainingPlan Training => new() { Epochs = 26 };
}
