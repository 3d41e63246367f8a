using System.Runtime.InteropServices;

namespace DetectorDsl.Runtime.Native;

/// <summary>Which of libtorch's libraries compute convolutions on the CPU.</summary>
/// <remarks>
/// For single small maps libtorch turns to NNPACK, which refuses processors of most servers: a warning on the error stream for each convolution,
/// then a slow form. Switched off, the slow form comes without the noise. There is no C entry point, so C++'s own names are asked for; where a
/// build of libtorch lacks them, everything stays as it is. Source: pytorch, aten/src/ATen/Context.h, version 2.10.
/// </remarks>
internal static unsafe class ConvolutionLibraries
{
    private const string Library = "libtorch_cpu.so";
    private const string GlobalContext = "_ZN2at13globalContextEv";
    private const string SetUserEnabledNnpack = "_ZN2at7Context20setUserEnabledNNPACKEb";

    /// <summary>Switches NNPACK off.</summary>
    /// <param name="folder">Folder of libtorch, which is loaded already.</param>
    public static void DisableNnpack(string folder)
    {
        if (NativeLibrary.TryLoad(Path.Combine(folder, Library), out var library)
            && NativeLibrary.TryGetExport(library, GlobalContext, out var context)
            && NativeLibrary.TryGetExport(library, SetUserEnabledNnpack, out var set))
        {
            ((delegate* unmanaged<nint, byte, void>)set)(((delegate* unmanaged<nint>)context)(), 0);
        }
    }
}
