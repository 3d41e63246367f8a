using System.Runtime.CompilerServices;
using DetectorDsl.Runtime.Native;

namespace DetectorDsl.Runtime.Tests.Support;

/// <summary>Tests may touch a tensor before any type of the runtime: libtorch is loaded first.</summary>
internal static class LoadTorch
{
#pragma warning disable CA2255 // A test assembly has no entry point of its own.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Now() => TorchLibrary.EnsureLoaded();
}
