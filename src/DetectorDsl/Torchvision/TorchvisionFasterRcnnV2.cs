namespace DetectorDsl;

/// <summary>
/// Faster R-CNN as torchvision computes its second version (<c>fasterrcnn_resnet50_fpn_v2</c>): batch norm in backbone, pyramid and box head,
/// whose four convolutions are new, and
/// two convolutions in the first stage. Its weights give its detections.
/// </summary>
/// <remarks>Source: torchvision, models/detection/faster_rcnn.py.</remarks>
[Detector]
public abstract partial record TorchvisionFasterRcnnV2 : TorchvisionFasterRcnn
{
    /// <summary>The backbone. Default: ResNet-50 with batch norm; stem and first stage frozen.</summary>
    public override Backbone Backbone => TorchvisionParts.Backbone;

    /// <inheritdoc />
    public override Neck Neck => TorchvisionParts.NormalizedFpn;

    /// <inheritdoc />
    public override ProposalHead ProposalHead => TorchvisionParts.DeeperProposalHead;

    /// <inheritdoc />
    public override BoxHead BoxHead => TorchvisionParts.ConvolutionBoxHead;
}
