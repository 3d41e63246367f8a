using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DetectorDsl.Torch.Layers;

/// <summary>Makes the normalisation that follows each convolution of a network.</summary>
/// <param name="Key">Start of the layers' names in the state dict: <c>bn</c> or <c>gn</c>.</param>
/// <param name="Create">Makes one for a number of channels.</param>
public sealed record NormFactory(string Key, Func<int, Module<Tensor, Tensor>> Create)
{
    /// <summary>Batch normalisation.</summary>
    /// <param name="mode">What is used and learnt during training.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="momentum">Weight of the newest batch in the running statistics.</param>
    /// <returns>The factory.</returns>
    public static NormFactory Batch(BatchNormMode mode, double epsilon = 1e-5, double momentum = 0.1) =>
        new("bn", channels => new BatchNorm(channels, mode, epsilon, momentum));

    /// <summary>Group normalisation.</summary>
    /// <param name="groups">Groups of channels.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <returns>The factory.</returns>
    public static NormFactory Group(int groups, double epsilon = 1e-5) =>
        new("gn", channels => Initialize.GroupNormalization(groups, channels, epsilon));
}
