using System.Collections.Concurrent;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>Which tensors are read on the host; on a GPU each such read is a copy, for which the host waits.</summary>
internal static class HostReads
{
    private static readonly AsyncLocal<ConcurrentQueue<HostRead>?> Watched = new();

    /// <summary>The reads of an action, on whatever threads it runs.</summary>
    public static IReadOnlyList<HostRead> During(Action action)
    {
        var reads = Watched.Value = new ConcurrentQueue<HostRead>();
        try
        {
            action();
            return [.. reads];
        }
        finally
        {
            Watched.Value = null;
        }
    }

    /// <summary>Takes down a read, where someone watches.</summary>
    public static void Note(Tensor tensor) => Watched.Value?.Enqueue(new HostRead(tensor.shape, tensor.dtype));
}

/// <summary>A tensor that was read.</summary>
internal readonly record struct HostRead(long[] Shape, ScalarType Type);
