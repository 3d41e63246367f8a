using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Residual network (He et al. 2016) in the form with the stride in the 3x3 convolution of a bottleneck.</summary>
/// <remarks>
/// Yields C2 to C5 with strides 4, 8, 16, 32; channels are BaseChannels x (1, 2, 4, 8), four times that for depths of 50 and more.
/// Parameter names are mmdetection's (<c>conv1</c>, <c>bn1</c>, <c>layer1.0.conv1</c> ...). Source: mmdetection, mmdet/models/backbones/resnet.py.
/// </remarks>
/// <param name="Depth">18, 34 (basic blocks), 50, 101 or 152 (bottlenecks).</param>
/// <param name="Groups">Groups of the 3x3 convolutions of bottlenecks, the cardinality (Xie et al. 2017). Default 1.</param>
/// <param name="WidthPerGroup">Channels of each of these groups in the first stage where BaseChannels are 64; twice as many from stage to stage. Default 64.</param>
[Component]
public record ResNet(
    [AllowedValues(18, 34, 50, 101, 152)] int Depth,
    [Range(1, 256)] int Groups = 1,
    [Range(1, 512)] int WidthPerGroup = 64
) : Backbone
{
    /// <summary>Channels of the stem; every other width follows from it. Default 64; smaller for small networks.</summary>
    [Range(4, 512)]
    public int BaseChannels { get; init; } = 64;

    /// <summary>
    /// Stages that are not trained: -1 none (default), 0 the stem, 1 the stem and the first stage, up to 4. Their batch norms run on running statistics.
    /// </summary>
    [Range(-1, 4)]
    public int FrozenStages { get; init; } = -1;

    /// <summary>Normalisation after each convolution. Default: batch norm in training mode.</summary>
    public Normalization Norm { get; init; } = new BatchNorm();

    /// <summary>Makes the 3x3 convolutions of the later stages' bottlenecks deformable; null (default) for ordinary ones.</summary>
    public DeformableConvolution? Deformable { get; init; }

    /// <summary>
    /// File (safetensors, PyTorch's .pth, detectron2's .pkl) with initial weights, of a network alone or of a whole detector, or null (default) to start
    /// from scratch. A frozen stage without initial weights is a warning.
    /// </summary>
    [MinLength(1)]
    public string? InitialWeights { get; init; }
}
