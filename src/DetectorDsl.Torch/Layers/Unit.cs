using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Layers;

/// <summary>Lengths of vectors, for layers that compare directions.</summary>
internal static class Unit
{
    // Far below any length that a layer's epsilon lets matter; keeps the root's derivative finite where a vector is zero.
    private const double SmallestSquare = 1e-30;

    /// <summary>Vectors divided by a power of their length: x / (|x|^power + epsilon), the length taken over some axes.</summary>
    public static Tensor Of(Tensor values, long[] axes, double power, double epsilon) => values / Divisor(values, axes, power, epsilon);

    /// <summary>|x|^power + epsilon, with the axes kept.</summary>
    /// <remarks>A sum of squares: the library's own norm over an inner axis visits its elements one by one.</remarks>
    public static Tensor Divisor(Tensor values, long[] axes, double power, double epsilon)
    {
        var length = values.Squared().sum(axes, keepdim: true).clamp(min: Scalars.Of(SmallestSquare)).sqrt();
        return (power == 1 ? length : length.pow(Scalars.Of(power))).Plus(epsilon);
    }
}
