using DetectorDsl.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DetectorDsl.Torch.Layers;

/// <summary>Layers with their first values; random ones come from torch's own generator, so that <c>torch.manual_seed</c> fixes them.</summary>
/// <remarks>
/// Scopes free what TorchSharp's constructors leave behind; parameters stay, as they leave every scope. Convolutions larger than 1 x 1 are fastest with
/// channels in multiples of 32: others turn oneDNN off for the whole process, since it computes them wrongly.
/// </remarks>
public static class Initialize
{
    /// <summary>A convolution with weights from He's normal distribution over the outgoing connections, bias 0 (He et al. 2015).</summary>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="outChannels">Output channels.</param>
    /// <param name="kernel">Side of the kernel.</param>
    /// <param name="stride">Step in pixels.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="groups">Groups of channels that are convolved apart.</param>
    /// <returns>The layer; padding keeps the size at stride 1.</returns>
    public static Convolution2d KaimingConvolution(
        int inChannels,
        int outChannels,
        int kernel,
        int stride = 1,
        bool bias = false,
        int groups = 1
    )
    {
        ChannelBlocks.Check(inChannels, outChannels, kernel, stride);
        using var scope = NewDisposeScope();
        var layer = Conv2d(inChannels, outChannels, kernel, stride: stride, padding: kernel / 2, groups: groups, bias: bias);
        Fill(layer, weight => init.kaiming_normal_(weight, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU));
        return new Convolution2d(layer, stride, (kernel / 2, kernel / 2), groups);
    }

    /// <summary>A convolution with weights from Glorot's uniform distribution, bias 0 (Glorot and Bengio 2010).</summary>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="outChannels">Output channels.</param>
    /// <param name="kernel">Side of the kernel.</param>
    /// <param name="stride">Step in pixels.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <returns>The layer; padding keeps the size at stride 1.</returns>
    public static Convolution2d XavierConvolution(int inChannels, int outChannels, int kernel, int stride = 1, bool bias = true)
    {
        ChannelBlocks.Check(inChannels, outChannels, kernel, stride);
        using var scope = NewDisposeScope();
        var layer = Conv2d(inChannels, outChannels, kernel, stride: stride, padding: kernel / 2, bias: bias);
        Fill(layer, weight => init.xavier_uniform_(weight));
        return new Convolution2d(layer, stride, (kernel / 2, kernel / 2), groups: 1);
    }

    /// <summary>A convolution with weights from N(0, std).</summary>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="outChannels">Output channels.</param>
    /// <param name="kernel">Side of the kernel.</param>
    /// <param name="std">Standard deviation.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="prior">Score that sigmoids of the outputs start from; null for bias 0.</param>
    /// <returns>The layer; padding keeps the size.</returns>
    public static Convolution2d NormalConvolution(
        int inChannels,
        int outChannels,
        int kernel,
        double std,
        bool bias = true,
        double? prior = null
    )
    {
        ChannelBlocks.Check(inChannels, outChannels, kernel, stride: 1);
        using var scope = NewDisposeScope();
        var layer = Conv2d(inChannels, outChannels, kernel, padding: kernel / 2, bias: bias);
        Fill(layer, weight => init.normal_(weight, 0, std), Bias(prior));
        return new Convolution2d(layer, stride: 1, (kernel / 2, kernel / 2), groups: 1);
    }

    /// <summary>A transposed convolution of kernel 2 and stride 2 with He's normal distribution, bias 0.</summary>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="outChannels">Output channels.</param>
    /// <returns>The layer; doubles the size.</returns>
    public static ConvTranspose2d KaimingUpsampling(int inChannels, int outChannels)
    {
        // Its forward pass is a convolution's backward pass, so the channels change places.
        ChannelBlocks.Check(outChannels, inChannels, kernel: 2, stride: 2);
        using var scope = NewDisposeScope();
        var layer = ConvTranspose2d(inChannels, outChannels, 2, stride: 2);
        using var untracked = no_grad();
        init.kaiming_normal_(layer.weight!, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU);
        init.zeros_(layer.bias!);
        return layer;
    }

    /// <summary>A convolution with a kernel that need not be square: He's normal distribution over the outgoing connections, bias 0.</summary>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="outChannels">Output channels.</param>
    /// <param name="kernel">Height and width of the kernel; odd.</param>
    /// <returns>The layer; padding keeps the size.</returns>
    public static Convolution2d KaimingConvolution(int inChannels, int outChannels, (int Height, int Width) kernel)
    {
        ChannelBlocks.Check(inChannels, outChannels, Math.Max(kernel.Height, kernel.Width), stride: 1);
        using var scope = NewDisposeScope();
        var layer = Conv2d(inChannels, outChannels, (kernel.Height, kernel.Width), padding: (kernel.Height / 2, kernel.Width / 2));
        Fill(layer, weight => init.kaiming_normal_(weight, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU));
        return new Convolution2d(layer, stride: 1, (kernel.Height / 2, kernel.Width / 2), groups: 1);
    }

    /// <summary>A transposed convolution along a line, kernel and stride alike, with He's normal distribution, bias 0.</summary>
    /// <param name="channels">Input and output channels.</param>
    /// <param name="ratio">Kernel and stride.</param>
    /// <returns>The layer; R x channels x L becomes R x channels x ratio L.</returns>
    public static ConvTranspose1d KaimingStretching(int channels, int ratio)
    {
        ChannelBlocks.Check(channels, channels, kernel: ratio, stride: ratio);
        using var scope = NewDisposeScope();
        var layer = ConvTranspose1d(channels, channels, ratio, stride: ratio);
        using var untracked = no_grad();
        init.kaiming_normal_(layer.weight!, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU);
        init.zeros_(layer.bias!);
        return layer;
    }

    /// <summary>A fully connected layer with Glorot's uniform distribution, bias 0.</summary>
    /// <param name="inFeatures">Inputs.</param>
    /// <param name="outFeatures">Outputs.</param>
    /// <returns>The layer.</returns>
    public static Linear XavierLinear(int inFeatures, int outFeatures)
    {
        var layer = Linear(inFeatures, outFeatures);
        using var untracked = no_grad();
        init.xavier_uniform_(layer.weight!);
        init.zeros_(layer.bias!);
        return layer;
    }

    /// <summary>A fully connected layer with weights from N(0, std).</summary>
    /// <param name="inFeatures">Inputs.</param>
    /// <param name="outFeatures">Outputs.</param>
    /// <param name="std">Standard deviation.</param>
    /// <param name="prior">Score that sigmoids of the outputs start from; null for bias 0.</param>
    /// <returns>The layer.</returns>
    public static Linear NormalLinear(int inFeatures, int outFeatures, double std, double? prior = null)
    {
        var layer = Linear(inFeatures, outFeatures);
        using var untracked = no_grad();
        init.normal_(layer.weight!, 0, std);
        init.constant_(layer.bias!, Scalars.Of(Bias(prior)));
        return layer;
    }

    /// <summary>The bias whose sigmoid is a score (Lin et al. 2017, section 3.3).</summary>
    /// <param name="prior">The score, between 0 and 1; null for 0.5.</param>
    /// <returns>-ln((1 - prior) / prior).</returns>
    internal static double Bias(double? prior) => prior is { } score ? Math.Log(score / (1 - score)) : 0;

    /// <summary>A group normalisation with scale 1 and shift 0, which TorchSharp 0.107 leaves as the memory happens to be.</summary>
    /// <param name="groups">Groups of channels.</param>
    /// <param name="channels">Channels, a multiple of the groups.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <returns>The layer.</returns>
    public static GroupNorm GroupNormalization(int groups, int channels, double epsilon = 1e-5)
    {
        var layer = GroupNorm(groups, channels, epsilon);
        using var untracked = no_grad();
        init.ones_(layer.weight);
        init.zeros_(layer.bias!);
        return layer;
    }

    private static void Fill(Conv2d layer, Action<Tensor> weights, double shift = 0)
    {
        using var untracked = no_grad();
        weights(layer.weight!);
        if (layer.bias is { } bias)
        {
            init.constant_(bias, Scalars.Of(shift));
        }
    }
}
