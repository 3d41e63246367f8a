using System.Runtime.CompilerServices;
using DetectorDsl.Generators.Parsing;
using DetectorDsl.Generators.Primitives;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Resolving;

/// <summary>Collects what the referenced assemblies publish. The attributes are read, not the types: no walk over symbols.</summary>
internal static class LibraryReader
{
    /// <summary>An assembly's symbol does not change; within an IDE it outlives many edits, and is read once.</summary>
    private static readonly ConditionalWeakTable<IAssemblySymbol, PublishedSpec[]> Known = new();

    public static EquatableArray<PublishedSpec> Read(Compilation compilation, CancellationToken cancellation)
    {
        var specs = new List<PublishedSpec>();
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            cancellation.ThrowIfCancellationRequested();
            specs.AddRange(Known.GetValue(assembly, static unread => KnowsVocabulary(unread) ? [.. SpecsOf(unread)] : []));
        }

        return specs.ToEquatableArray();
    }

    private static IEnumerable<PublishedSpec> SpecsOf(IAssemblySymbol assembly)
    {
        foreach (var attribute in assembly.GetAttributes())
        {
            if (
                attribute
                    is {
                        AttributeClass: { } type,
                        ConstructorArguments: [{ Value: string name }, { Value: int version }, { Value: string text }]
                    }
                && type.HasFullName(WellKnownNames.SpecAttribute)
            )
            {
                yield return new PublishedSpec(name, version, text);
            }
        }
    }

    /// <summary>Only the vocabulary and what refers to it can publish anything; the framework's hundred assemblies cannot.</summary>
    internal static bool KnowsVocabulary(IAssemblySymbol assembly) =>
        assembly.Name == WellKnownNames.Vocabulary
        || assembly.Modules.Any(module => module.ReferencedAssemblies.Any(reference => reference.Name == WellKnownNames.Vocabulary));
}
