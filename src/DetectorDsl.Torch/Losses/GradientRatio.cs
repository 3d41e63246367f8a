using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Gradients that classes have had from their own objects and from all else (EQL v2, section 3.1).</summary>
internal static class GradientRatio
{
    /// <summary>Adds a step's gradients.</summary>
    /// <param name="gradient">R x C: of sigmoid losses, below 0 on a row's own class, above it elsewhere.</param>
    /// <param name="factor">Factor of the gradients.</param>
    /// <param name="positive">C sums of magnitudes on own classes.</param>
    /// <param name="negative">C sums of magnitudes on others.</param>
    /// <param name="processes">Adds up over processes; null where each counts for itself.</param>
    public static void Add(Tensor gradient, double factor, Tensor positive, Tensor negative, IProcessSum? processes)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var sums = stack([
                gradient.clamp(max: Scalars.Of(0)).sum(0, type: positive.dtype).neg(),
                gradient.clamp(min: Scalars.Of(0)).sum(0, type: positive.dtype),
            ])
            .Times(factor);
        processes?.Sum(sums);
        positive.PlusInPlace(sums[0]);
        negative.PlusInPlace(sums[1]);
    }
}
