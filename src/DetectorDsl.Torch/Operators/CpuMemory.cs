using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>Direct views of tensors that lie contiguous on the CPU.</summary>
internal static class CpuMemory
{
    /// <summary>The values in row-major order, 2,147,483,647 at most. The tensor must stay alive while they are used.</summary>
    public static unsafe Span<T> Span<T>(Tensor tensor)
        where T : unmanaged => new(Pointer<T>(tensor), checked((int)tensor.numel()));

    /// <summary>The address of the first value, however many there are. The tensor must stay alive while it is used.</summary>
    public static unsafe T* Pointer<T>(Tensor tensor)
        where T : unmanaged => tensor.numel() == 0 ? null : (T*)AtenCall.Memory(tensor);

    /// <summary>Whether the fast paths apply: on the CPU, in single or double precision.</summary>
    public static bool IsFast(Tensor tensor) =>
        tensor.device_type == DeviceType.CPU && tensor.dtype is ScalarType.Float32 or ScalarType.Float64;

    /// <summary>A contiguous form in the given precision on the CPU: it shares the tensor's memory where that already is one, else has its own.</summary>
    public static Tensor Contiguous(Tensor tensor, ScalarType type)
    {
        HostReads.Note(tensor);
        using var scope = NewDisposeScope();
        return tensor.detach().to(type).cpu().contiguous().MoveToOuterDisposeScope();
    }
}
