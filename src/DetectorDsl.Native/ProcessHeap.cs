using System.Runtime.InteropServices;

namespace DetectorDsl.Native;

/// <summary>How the C library's heap treats the memory of freed tensors.</summary>
/// <remarks>
/// By default glibc hands large blocks back to the system at once, and every step faults the same pages in anew: for small networks a third of
/// the time, for evaluation half of it. Kept, they are used again.
/// </remarks>
internal static partial class ProcessHeap
{
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapMax = -4;

    /// <summary>Lets the process keep freed memory for its next tensors; does nothing where the C library is not glibc.</summary>
    public static void KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = mallopt(TrimThreshold, int.MaxValue);
            _ = mallopt(TopPad, 64 << 20);
            _ = mallopt(MmapMax, 0);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library: its own rules stay.
        }
    }

    [LibraryImport("libc")]
    private static partial int mallopt(int parameter, int value);
}
