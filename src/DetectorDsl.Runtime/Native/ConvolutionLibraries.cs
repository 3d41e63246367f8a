using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Native;

/// <summary>Which of libtorch's libraries compute convolutions on the CPU.</summary>
/// <remarks>
/// There is no C entry point, so C++'s own names are asked for; where a build of libtorch lacks them, everything stays as it is. Source: pytorch,
/// aten/src/ATen/Context.h, version 2.10.
/// </remarks>
public static unsafe class ConvolutionLibraries
{
    private const string Library = "libtorch_cpu.so";
    private const string GlobalContext = "_ZN2at13globalContextEv";
    private const string SetUserEnabledNnpack = "_ZN2at7Context20setUserEnabledNNPACKEb";
    private const string SetUserEnabledOneDnn = "_ZN2at7Context20setUserEnabledMkldnnEb";
    private const int Block = 16;

    // The first layer's gradient by its images is never asked for.
    private const int Images = 3;

    private static nint library;

    /// <summary>
    /// Switches oneDNN off for the whole process where a model holds a convolution that it computes wrongly; others stay with it, since it is the
    /// faster one.
    /// </summary>
    /// <remarks>
    /// The oneDNN of libtorch 2.10 reads memory that nobody wrote where channels do not fill its blocks of 16 (found by comparison with double
    /// precision; AVX2 and AVX-512 alike): gradients by the input of 3x3 convolutions whose outputs are no multiple of 16, those of strided ones
    /// whose inputs are no power of two from 16, and the outputs of transposed ones whose channels are no power of two from 16.
    /// </remarks>
    /// <param name="model">The model.</param>
    public static void SuitTo(nn.Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.modules().Any(IsComputedWrongly))
        {
            Set(SetUserEnabledOneDnn, false);
        }
    }

    /// <summary>
    /// Switches NNPACK off. For single small maps libtorch turns to it, and it refuses the processors of most servers: a warning on the error stream
    /// for each convolution, then a slow form. Switched off, the slow form comes without the noise.
    /// </summary>
    /// <param name="folder">Folder of libtorch, which is loaded already.</param>
    internal static void DisableNnpack(string folder)
    {
        _ = NativeLibrary.TryLoad(Path.Combine(folder, Library), out library);
        Set(SetUserEnabledNnpack, false);
    }

    /// <summary>Whether a layer is among those that oneDNN computes wrongly.</summary>
    /// <param name="layer">The layer.</param>
    /// <returns>True for such a convolution.</returns>
    internal static bool IsComputedWrongly(nn.Module layer) => layer switch
    {
        ConvTranspose2d transposed => !IsPowerOfBlocks(transposed.weight!.shape[1]),
        Conv2d { kernel_size: var kernel, stride: var stride } convolution when kernel![0] > 1 =>
            stride![0] == 1 ? convolution.weight!.shape[0] % Block != 0 : convolution.weight!.shape[1] != Images && !IsPowerOfBlocks(convolution.weight!.shape[1]),
        _ => false,
    };

    private static bool IsPowerOfBlocks(long channels) => channels >= Block && long.IsPow2(channels);

    private static void Set(string setter, bool enabled)
    {
        if (library != 0 && NativeLibrary.TryGetExport(library, GlobalContext, out var context) && NativeLibrary.TryGetExport(library, setter, out var set))
        {
            ((delegate* unmanaged<nint, byte, void>)set)(((delegate* unmanaged<nint>)context)(), enabled ? (byte)1 : (byte)0);
        }
    }
}
