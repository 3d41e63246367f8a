using System.Collections.Immutable;

namespace DetectorDsl.Weights.Naming;

/// <summary>Whose names a weights file bears, and what else sets such files apart.</summary>
public abstract class NamingScheme
{
    /// <summary>mmdetection's, which are this library's own.</summary>
    public static NamingScheme Mmdetection { get; } = new MmdetectionNaming();

    /// <summary>torchvision's, of all versions.</summary>
    public static NamingScheme Torchvision { get; } = new TorchvisionNaming();

    /// <summary>detectron2's.</summary>
    public static NamingScheme Detectron2 { get; } = new Detectron2Naming();

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

    /// <summary>How a layer's rows lie in such a file. Default: as in the model.</summary>
    /// <param name="layer">The layer.</param>
    /// <returns>Their order.</returns>
    public virtual RowOrder RowsOf(LayerNames layer) => RowOrder.Same;

    /// <summary>The pixels that a file states its network to take. Default: none are stated.</summary>
    /// <param name="file">The file.</param>
    /// <returns>Mean and std of its three channels, 0 to 255, in its order of colours; null where the file does not say.</returns>
    public virtual (ImmutableArray<double> Mean, ImmutableArray<double> Std)? PixelsOf(WeightsFile file) => null;

    /// <summary>Whether a tensor of such a file is a constant of its software, for which no model has a place. Default: none is.</summary>
    /// <param name="tensor">Its name in the file.</param>
    /// <returns>True for one that is passed over.</returns>
    public virtual bool IsConstant(string tensor) => false;

    /// <summary>What a person should know of such a file beside its tensors. Default: nothing.</summary>
    /// <param name="file">The file.</param>
    /// <returns>Sentences.</returns>
    public virtual ImmutableArray<string> Remarks(WeightsFile file) => [];

    /// <inheritdoc />
    public override string ToString() => Name;
}
