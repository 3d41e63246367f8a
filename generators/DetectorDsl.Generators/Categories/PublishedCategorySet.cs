using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Parsing;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Resolving;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Categories;

/// <summary>A category set as a referenced assembly publishes it.</summary>
internal sealed record PublishedCategorySet(string TypeName, int FormatVersion, string Text)
{
    public bool IsTooNew => FormatVersion > CategorySetText.FormatVersion;

    /// <summary>The set; null where it is too new, or spoilt, which is as good as not there.</summary>
    public CategorySetSpec? TryRead()
    {
        if (IsTooNew)
        {
            return null;
        }
        try
        {
            return new CategorySetSpec(TypeName, CategorySetText.Read(Text));
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>Those of all references. Symbols of references outlive an edit, and so do the attributes they hold: the second call is cheap.</summary>
    public static EquatableArray<PublishedCategorySet> Collect(Compilation compilation, CancellationToken cancellation)
    {
        var sets = new List<PublishedCategorySet>();
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols.Where(LibraryReader.KnowsVocabulary))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var attribute in assembly.GetAttributes())
            {
                if (
                    attribute
                        is {
                            AttributeClass: { } type,
                            ConstructorArguments: [{ Value: string name }, { Value: int version }, { Value: string text }]
                        }
                    && type.FullMetadataName == WellKnownNames.CategorySetSpecAttribute
                )
                {
                    sets.Add(new PublishedCategorySet(name, version, text));
                }
            }
        }

        return sets.ToEquatableArray();
    }
}
