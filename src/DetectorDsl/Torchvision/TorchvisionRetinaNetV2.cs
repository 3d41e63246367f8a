namespace DetectorDsl;

/// <summary>
/// RetinaNet as torchvision computes its second version (<c>retinanet_resnet50_fpn_v2</c>): P6 comes of C5, the towers are normalised in
/// groups, boxes are trained by their
/// generalised IoU. Its weights give its detections.
/// </summary>
/// <remarks>Source: torchvision, models/detection/retinanet.py.</remarks>
[Detector]
public abstract partial record TorchvisionRetinaNetV2 : TorchvisionRetinaNet
{
    /// <summary>The backbone. Default: ResNet-50 with batch norm; stem and first stage frozen.</summary>
    public override Backbone Backbone => TorchvisionParts.Backbone;

    /// <inheritdoc />
    public override Neck Neck =>
        new Fpn
        {
            StartLevel = 1,
            ExtraLevels = ExtraLevels.FromBackbone,
            ReluBetweenExtraLevels = true,
        };

    /// <inheritdoc />
    public override DenseHead DenseHead => TorchvisionParts.RetinaHead with { NormGroups = 32, OverlapLoss = new GeneralizedIouLoss() };
}
