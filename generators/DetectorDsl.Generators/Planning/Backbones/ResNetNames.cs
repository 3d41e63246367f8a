using DetectorDsl.Generators.Planning.Structure;

namespace DetectorDsl.Generators.Planning.Backbones;

/// <summary>What others call the layers of a residual network: torchvision as we do (mmdetection's names are its), detectron2 by stages that count the stem.</summary>
/// <remarks>torchvision, models/resnet.py; detectron2, modeling/backbone/resnet.py. torchvision has no group normalisation, and neither layer nor name for where to sample.</remarks>
/// <param name="hasBatchNorm">Whether layers are normalised over batches, as torchvision's are.</param>
internal sealed class ResNetNames(bool hasBatchNorm)
{
    private const string Torchvision = "backbone.body.";
    private const string Detectron2 = "backbone.bottom_up.";

    /// <summary>A convolution by its name in the backbone.</summary>
    /// <param name="own">Its name.</param>
    /// <param name="detectron2">detectron2's, likewise.</param>
    public OtherNames Convolution(string own, string detectron2) => new(Torchvision + own, Detectron2 + detectron2);

    /// <summary>The normalisation behind it.</summary>
    /// <param name="own">Its name.</param>
    /// <param name="detectron2">detectron2's of the convolution.</param>
    public OtherNames Norm(string own, string detectron2) => new(hasBatchNorm ? Torchvision + own : null, $"{Detectron2}{detectron2}.norm");

    /// <summary>The convolution that tells a deformable one where to sample.</summary>
    /// <param name="detectron2">detectron2's of the deformable one.</param>
    public OtherNames Offset(string detectron2) => new(null, $"{Detectron2}{detectron2}_offset");
}
