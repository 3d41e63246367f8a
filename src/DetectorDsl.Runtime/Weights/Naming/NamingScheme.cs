using System.Collections.Immutable;

namespace DetectorDsl.Runtime.Weights.Naming;

/// <summary>Whose names a weights file bears.</summary>
public abstract class NamingScheme
{
    /// <summary>mmdetection's, which are this library's own.</summary>
    public static NamingScheme Mmdetection { get; } = new MmdetectionScheme();

    /// <summary>torchvision's, of all versions.</summary>
    public static NamingScheme Torchvision { get; } = new TorchvisionScheme();

    /// <summary>detectron2's.</summary>
    public static NamingScheme Detectron2 { get; } = new Detectron2Scheme();

    /// <summary>All of them; the first that fits a file best is taken.</summary>
    public static ImmutableArray<NamingScheme> All { get; } = [Mmdetection, Torchvision, Detectron2];

    /// <summary>Whose names they are, in lower case, as <c>--naming</c> takes it.</summary>
    public abstract string Name { get; }

    /// <summary>What precedes the names of a backbone in a whole model's file, and is absent where a file holds a backbone alone.</summary>
    public abstract string BackbonePrefix { get; }

    /// <summary>Names of a layer, the present one first.</summary>
    /// <param name="layer">The layer.</param>
    /// <returns>The names; none where such software has no such layer.</returns>
    public abstract IEnumerable<string> NamesOf(LayerNames layer);

    /// <summary>How a layer's rows lie in such a file.</summary>
    /// <param name="layer">The layer.</param>
    /// <returns>Their order.</returns>
    public abstract RowOrder RowsOf(LayerNames layer);

    /// <inheritdoc />
    public override string ToString() => Name;

    private sealed class MmdetectionScheme : NamingScheme
    {
        public override string Name => "mmdetection";

        public override string BackbonePrefix => "backbone.";

        public override IEnumerable<string> NamesOf(LayerNames layer) => [layer.Own];

        public override RowOrder RowsOf(LayerNames layer) => RowOrder.Same;
    }

    private sealed class TorchvisionScheme : NamingScheme
    {
        public override string Name => "torchvision";

        public override string BackbonePrefix => "backbone.body.";

        public override IEnumerable<string> NamesOf(LayerNames layer) => new[] { layer.Torchvision, layer.EarlierTorchvision }.OfType<string>();

        public override RowOrder RowsOf(LayerNames layer) => layer.TorchvisionRows;
    }

    private sealed class Detectron2Scheme : NamingScheme
    {
        public override string Name => "detectron2";

        public override string BackbonePrefix => "backbone.bottom_up.";

        public override IEnumerable<string> NamesOf(LayerNames layer) => new[] { layer.Detectron2 }.OfType<string>();

        public override RowOrder RowsOf(LayerNames layer) => layer.Detectron2Rows;
    }
}
