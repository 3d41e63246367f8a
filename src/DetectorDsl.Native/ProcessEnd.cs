using System.Runtime.InteropServices;

namespace DetectorDsl.Native;

/// <summary>Ends the process from the middle of its work.</summary>
/// <remarks>
/// <see cref="Environment.Exit" /> runs the destructors of libtorch's static objects while other threads still compute with them: segmentation
/// faults and exceptions out of libtorch follow. Here nothing runs any more but the system's own clearing up.
/// </remarks>
internal static partial class ProcessEnd
{
    /// <summary>Ends the process without destructors, handlers or finalizers.</summary>
    /// <param name="code">The exit code.</param>
    public static void AtOnce(int code)
    {
        if (OperatingSystem.IsWindows())
        {
            _ = TerminateProcess(GetCurrentProcess(), (uint)code);
        }
        else
        {
            _exit(code);
        }
    }

    [LibraryImport("libc")]
    private static partial void _exit(int code);

    [LibraryImport("kernel32")]
    private static partial nint GetCurrentProcess();

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool TerminateProcess(nint process, uint code);
}
