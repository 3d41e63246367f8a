using DetectorDsl.Generators.Parsing;
using DetectorDsl.Generators.Primitives;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Resolving;

/// <summary>Collects what the referenced assemblies publish. The attributes are read, not the types: no walk over symbols.</summary>
internal static class LibraryReader
{
    public static EquatableArray<PublishedSpec> Read(Compilation compilation, CancellationToken cancellation)
    {
        var specs = new List<PublishedSpec>();
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!KnowsVocabulary(assembly))
                continue;
            foreach (var attribute in assembly.GetAttributes())
            {
                if (attribute is { AttributeClass: { } type, ConstructorArguments: [{ Value: string name }, { Value: int version }, { Value: string text }] }
                    && type.FullMetadataName == WellKnownNames.SpecAttribute)
                {
                    specs.Add(new PublishedSpec(name, version, text));
                }
            }
        }

        return specs.ToEquatableArray();
    }

    /// <summary>Only the vocabulary and what refers to it can publish anything; the framework's hundred assemblies cannot.</summary>
    internal static bool KnowsVocabulary(IAssemblySymbol assembly) =>
        assembly.Name == WellKnownNames.Vocabulary
        || assembly.Modules.Any(module => module.ReferencedAssemblies.Any(reference => reference.Name == WellKnownNames.Vocabulary));
}
