using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Categories;

/// <summary>A category set as a referenced assembly publishes it.</summary>
internal sealed record PublishedCategorySet(string TypeName, int FormatVersion, string Text)
{
    public const string AttributeName = "CategorySetSpecAttribute";

    public bool IsReadable => FormatVersion <= CategorySetText.FormatVersion;

    public CategorySetSpec Read() => new(TypeName, CategorySetText.Read(Text));

    /// <summary>Those of all references. Symbols of references outlive an edit, and so do the attributes they hold: the second call is cheap.</summary>
    public static EquatableArray<PublishedCategorySet> Collect(Compilation compilation, CancellationToken cancellationToken)
    {
        var sets = new List<PublishedCategorySet>();
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Only an assembly that knows the vocabulary can bear the attribute.
            if (!assembly.Modules.Any(static module => module.ReferencedAssemblies.Any(static identity => identity.Name == "DetectorDsl")))
                continue;
            foreach (var attribute in assembly.GetAttributes())
            {
                if (attribute is { AttributeClass: { Name: AttributeName, ContainingNamespace: { Name: "DetectorDsl", ContainingNamespace.IsGlobalNamespace: true } } }
                    && attribute.ConstructorArguments is [{ Value: string typeName }, { Value: int version }, { Value: string text }])
                    sets.Add(new PublishedCategorySet(typeName, version, text));
            }
        }

        return sets.ToEquatableArray();
    }
}
