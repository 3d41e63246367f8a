using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Layers;

/// <summary>Vectors divided by a power of their length.</summary>
internal static class Unit
{
    /// <summary>x / (|x|^power + epsilon), the length taken over some axes.</summary>
    public static Tensor Of(Tensor values, long[] axes, double power, double epsilon)
    {
        var length = linalg.vector_norm(values, dims: axes, keepdim: true);
        return values / ((power == 1 ? length : length.pow(power)) + epsilon);
    }
}
