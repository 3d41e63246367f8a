using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>Whole numbers that were computed on the host and are needed there again after they have gone to a device: they are not copied back.</summary>
/// <remarks>On a GPU, copying back waits for all that was asked of it before.</remarks>
internal static class HostOrigin
{
    private static readonly ConditionalWeakTable<Tensor, long[]> Origins = [];

    /// <summary>A tensor of numbers, whose origin stays known as long as the tensor is in use.</summary>
    /// <param name="numbers">The numbers, not to be changed any more; nor is the tensor.</param>
    /// <param name="device">Device of the tensor.</param>
    public static Tensor Upload(long[] numbers, Device device)
    {
        var uploaded = tensor(numbers, device: device);
        Origins.Add(uploaded, numbers);
        return uploaded;
    }

    /// <summary>The numbers of a tensor, not to be changed: those that it was made of where these are known, else a copy.</summary>
    public static long[] Numbers(Tensor tensor)
    {
        if (Origins.TryGetValue(tensor, out var numbers))
        {
            return numbers;
        }

        using var scope = NewDisposeScope();
        return CpuMemory.Span<long>(CpuMemory.Contiguous(tensor, ScalarType.Int64)).ToArray();
    }
}
