using DetectorDsl.Generators.Models;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Parsing;

/// <summary>Reads what is to be known of the project beside its declarations.</summary>
internal static class ProjectReader
{
    public static ProjectInfo Read(Compilation compilation, CancellationToken cancellation) => new(
        HasRuntime: compilation.ReferencedAssemblyNames.Any(assembly => assembly.Name == WellKnownNames.RuntimeAssembly),
        WantsEntryPoint: compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication && compilation.GetEntryPoint(cancellation) is null);
}
