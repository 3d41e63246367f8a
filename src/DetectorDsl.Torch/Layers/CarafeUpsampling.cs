using DetectorDsl.Torch.Operators;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Layers;

/// <summary>CARAFE (Wang et al. 2019): enlarges a map by reassembly kernels that are predicted from the map itself.</summary>
/// <remarks>Source: mmcv, ops/carafe.py, CARAFEPack. Names: <c>channel_compressor</c>, <c>content_encoder</c>.</remarks>
public sealed class CarafeUpsampling : nn.Module<Tensor, Tensor>
{
    // So small that the kernels are nearly uniform at first.
    private const double EncoderStd = 0.001;

    private readonly Convolution2d channel_compressor;
    private readonly PredictionConvolution content_encoder;
    private readonly int factor;
    private readonly int kernel;
    private readonly int groups;

    /// <summary>The compressor's weights from Glorot's uniform distribution, the encoder's from N(0, 0.001), biases 0.</summary>
    /// <param name="channels">C.</param>
    /// <param name="factor">Cells of the output per cell of the map and axis.</param>
    /// <param name="kernel">k, side of the reassembly's window; odd.</param>
    /// <param name="groups">Groups of channels with kernels of their own; they divide C.</param>
    /// <param name="encoderKernel">Side of the convolution that predicts the kernels; odd.</param>
    /// <param name="encoderDilation">Its dilation.</param>
    /// <param name="compressedChannels">Channels that it sees.</param>
    public CarafeUpsampling(
        int channels,
        int factor = 2,
        int kernel = 5,
        int groups = 1,
        int encoderKernel = 3,
        int encoderDilation = 1,
        int compressedChannels = 64
    )
        : base(nameof(CarafeUpsampling))
    {
        (this.factor, this.kernel, this.groups) = (factor, kernel, groups);
        register_module("channel_compressor", channel_compressor = Initialize.XavierConvolution(channels, compressedChannels, kernel: 1));
        register_module(
            "content_encoder",
            content_encoder = new PredictionConvolution(
                compressedChannels,
                groups * kernel * kernel * factor * factor,
                EncoderStd,
                kernel: encoderKernel,
                dilation: encoderDilation
            )
        );
    }

    /// <summary>Enlarges a map.</summary>
    /// <param name="input">N x C x H x W.</param>
    /// <returns>N x C x factor H x factor W.</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();
        return CarafeReassembly.Apply(input, Kernels(input), factor, kernel, groups).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    protected override void RegisterComponents() { }

    /// <summary>N x groups k² x factor H x factor W; a cell's weights lie side by side in memory and sum to 1 in each group.</summary>
    private Tensor Kernels(Tensor input)
    {
        var logits = content_encoder.call(channel_compressor.call(input));
        var (images, height, width) = (logits.shape[0], logits.shape[2], logits.shape[3]);

        // The channels of a cell of the map hold group, place in the window, and row and column of the cell of the output (pixel shuffle).
        var cells = logits.reshape(images, groups, kernel * kernel, factor, factor, height, width).permute(0, 5, 3, 6, 4, 1, 2);
        return cells.softmax(-1).reshape(images, height * factor, width * factor, groups * kernel * kernel).permute(0, 3, 1, 2);
    }
}
