namespace DetectorDsl.Weights.Naming;

/// <summary>torchvision's names: those since version 0.13, and the ones before, which most published files still bear.</summary>
/// <remarks>Its networks take red, green, blue with ImageNet's mean and std, as ours do.</remarks>
internal sealed class TorchvisionNaming : NamingScheme
{
    public override string Name => "torchvision";

    public override string BackbonePrefix => "backbone.body.";

    public override IEnumerable<string> NamesOf(LayerNames layer) => new[] { layer.Torchvision, layer.EarlierTorchvision }.OfType<string>();

    public override RowOrder RowsOf(LayerNames layer) => layer.TorchvisionRows;
}
