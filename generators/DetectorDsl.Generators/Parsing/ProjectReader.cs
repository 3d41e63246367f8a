using DetectorDsl.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DetectorDsl.Generators.Parsing;

/// <summary>Reads what is to be known of the project beside its declarations.</summary>
internal static class ProjectReader
{
    public static ProjectInfo Read(Compilation compilation, CancellationToken cancellation)
    {
        var isExecutable = compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication;
        return new ProjectInfo(
            HasRuntime: compilation.ReferencedAssemblyNames.Any(assembly => assembly.Name == WellKnownNames.RuntimeAssembly),
            isExecutable,
            WantsEntryPoint: isExecutable && compilation.GetEntryPoint(cancellation) is null,
            LanguageVersion: (int)((CSharpCompilation)compilation).LanguageVersion / 100
        );
    }
}
