using System.Runtime.CompilerServices;
using DetectorDsl.Native;

namespace DetectorDsl.Runtime.Tests.Support;

/// <summary>Tests may touch a tensor before any type of the runtime: the runtime's own initialization comes first.</summary>
internal static class LoadTorch
{
#pragma warning disable CA2255 // A test assembly has no entry point of its own.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Now() => RuntimeHelpers.RunModuleConstructor(typeof(TorchLibrary).Module.ModuleHandle);
}
