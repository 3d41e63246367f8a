namespace DetectorDsl.Weights.Naming;

/// <summary>mmdetection's names, which are the model's own.</summary>
internal sealed class MmdetectionNaming : NamingScheme
{
    public override string Name => "mmdetection";

    public override string BackbonePrefix => "backbone.";

    public override IEnumerable<string> NamesOf(LayerNames layer) => [layer.Own];
}
