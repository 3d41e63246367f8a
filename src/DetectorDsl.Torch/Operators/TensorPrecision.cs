using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>A network's precision, double or single, between its tensors and the host.</summary>
internal static class TensorPrecision
{
    /// <summary>Whether a network's tensor is in double precision.</summary>
    public static bool IsDouble(Tensor tensor) => tensor.dtype == ScalarType.Float64;

    /// <summary>The precision as torch names it.</summary>
    public static ScalarType TypeOf<T>()
        where T : unmanaged => typeof(T) == typeof(double) ? ScalarType.Float64 : ScalarType.Float32;

    /// <summary>The tensor's values on the host, in row-major order; the tensor's own memory where it already is such.</summary>
    public static Span<T> Values<T>(Tensor tensor)
        where T : unmanaged => CpuMemory.Span<T>(CpuMemory.Contiguous(tensor, TypeOf<T>()));

    /// <summary>A tensor of numbers.</summary>
    public static Tensor ToTensor<T>(T[] numbers, long[] shape, Device device)
        where T : unmanaged =>
        numbers is double[] exact ? tensor(exact, shape, device: device) : tensor((float[])(object)numbers, shape, device: device);
}
