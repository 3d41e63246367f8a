using System.Runtime.CompilerServices;
using DetectorDsl.Native;

namespace DetectorDsl.Build;

/// <summary>Compiled into every floor that uses TorchSharp: its first use may come before any other call into the floor that finds libtorch.</summary>
internal static class TorchStart
{
#pragma warning disable CA2255 // A library needs it here: see TorchLibrary.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Prepare() => RuntimeHelpers.RunModuleConstructor(typeof(TorchLibrary).Module.ModuleHandle);
}
