namespace DetectorDsl;

/// <summary>
/// Mask R-CNN as torchvision computes its second version (<c>maskrcnn_resnet50_fpn_v2</c>): batch norm in backbone, pyramid and both heads,
/// four convolutions in the box head, two
/// in the first stage. Its weights give its detections and masks.
/// </summary>
/// <remarks>Source: torchvision, models/detection/mask_rcnn.py.</remarks>
[Detector]
public abstract partial record TorchvisionMaskRcnnV2 : TorchvisionMaskRcnn
{
    /// <summary>The backbone. Default: ResNet-50 with batch norm; stem and first stage frozen.</summary>
    public override Backbone Backbone => TorchvisionParts.Backbone;

    /// <inheritdoc />
    public override Neck Neck => TorchvisionParts.NormalizedFpn;

    /// <inheritdoc />
    public override ProposalHead ProposalHead => TorchvisionParts.DeeperProposalHead;

    /// <inheritdoc />
    public override BoxHead BoxHead => TorchvisionParts.ConvolutionBoxHead;

    /// <inheritdoc />
    public override MaskHead MaskHead => TorchvisionParts.MaskHead with { Norm = new BatchNorm() };
}
