using System.Runtime.InteropServices;

namespace DetectorDsl.Native;

/// <summary>Which of libtorch's libraries compute convolutions on the CPU, for the whole process.</summary>
/// <remarks>
/// There is no C entry point, so C++'s own names are asked for; where a build of libtorch lacks them, everything stays as it is.
/// Source: pytorch, aten/src/ATen/Context.h, version 2.10.
/// </remarks>
internal static unsafe class ConvolutionLibraries
{
    private const string Library = "libtorch_cpu.so";
    private const string GlobalContext = "_ZN2at13globalContextEv";
    private const string SetUserEnabledNnpack = "_ZN2at7Context20setUserEnabledNNPACKEb";
    private const string SetUserEnabledOneDnn = "_ZN2at7Context20setUserEnabledMkldnnEb";

    private static string? home;

    /// <summary>Switches NNPACK off, and keeps in mind where libtorch lies.</summary>
    /// <remarks>For single small maps libtorch turns to NNPACK, which refuses processors of most servers: a warning on the error stream for each
    /// convolution, then a slow form. Switched off, the slow form comes without the noise.</remarks>
    /// <param name="folder">Folder of libtorch, which is loaded already.</param>
    public static void DisableNnpack(string folder)
    {
        home = folder;
        Disable(SetUserEnabledNnpack);
    }

    /// <summary>Switches oneDNN off: libtorch's own form, slower and without oneDNN's faults, takes over.</summary>
    public static void DisableOneDnn()
    {
        TorchLibrary.EnsureLoaded();
        Disable(SetUserEnabledOneDnn);
    }

    private static void Disable(string setter)
    {
        if (
            home is not null
            && NativeLibrary.TryLoad(Path.Combine(home, Library), out var library)
            && NativeLibrary.TryGetExport(library, GlobalContext, out var context)
            && NativeLibrary.TryGetExport(library, setter, out var set)
        )
        {
            ((delegate* unmanaged<nint, byte, void>)set)(((delegate* unmanaged<nint>)context)(), 0);
        }
    }
}
