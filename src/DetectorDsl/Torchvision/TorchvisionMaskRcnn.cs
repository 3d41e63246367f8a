namespace DetectorDsl;

/// <summary>Mask R-CNN as torchvision computes it (<c>maskrcnn_resnet50_fpn</c> with a ResNet-50): its weights give its detections and masks.</summary>
/// <remarks>Source: torchvision, models/detection/mask_rcnn.py and references/detection.</remarks>
[Detector]
public abstract partial record TorchvisionMaskRcnn : MaskRcnn
{
    /// <summary>
    /// The backbone. Default: ResNet-50, batch norm frozen with an epsilon of 0, as the published COCO weights run; stem and first stage
    /// frozen.
    /// </summary>
    public override Backbone Backbone => TorchvisionParts.FrozenBackbone;

    /// <inheritdoc />
    public override Preprocessing Preprocessing => TorchvisionParts.Preprocessing;

    /// <inheritdoc />
    public override ProposalHead ProposalHead => TorchvisionParts.ProposalHead;

    /// <inheritdoc />
    public override RoiHead RoiHead => TorchvisionParts.RoiHead;

    /// <inheritdoc />
    public override RoiExtractor BoxFeatures => TorchvisionParts.BoxFeatures;

    /// <inheritdoc />
    public override BoxHead BoxHead => TorchvisionParts.BoxHead;

    /// <inheritdoc />
    public override RoiExtractor MaskFeatures => TorchvisionParts.MaskFeatures;

    /// <inheritdoc />
    public override MaskHead MaskHead => TorchvisionParts.MaskHead;

    /// <inheritdoc />
    public override DetectionSelection Detections => TorchvisionParts.Detections;

    /// <summary>How the learning rate changes. Default: a tenth after epochs 16 and 22.</summary>
    public override Schedule Schedule => new MultiStep([16, 22]);

    /// <summary>How long training lasts. Default: 26 epochs.</summary>
    public override TrainingPlan Training => new() { Epochs = 26 };
}
