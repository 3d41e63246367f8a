using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Categories;

/// <summary>The category sets that a declaration can name: those of the project, then those of its references.</summary>
/// <param name="Sets">Sets that can be used.</param>
/// <param name="Broken">Full metadata names of the project's sets without categories; why has been reported at the class.</param>
/// <param name="TooNew">Sets of references that a newer generator wrote.</param>
internal sealed record CategorySetCatalog(
    EquatableArray<CategorySetSpec> Sets,
    EquatableArray<string> Broken,
    EquatableArray<PublishedCategorySet> TooNew
)
{
    public static CategorySetCatalog Create(EquatableArray<CategorySetResult> own, EquatableArray<PublishedCategorySet> published) =>
        new(
            own.Select(static result => result.Spec)
                .Concat(published.Select(static set => set.TryRead()))
                .OfType<CategorySetSpec>()
                .ToEquatableArray(),
            own.Where(static result => result.Spec is null).Select(static result => result.Target.TypeName).ToEquatableArray(),
            published.Where(static set => set.IsTooNew).ToEquatableArray()
        );

    /// <summary>The set of a class, by its full metadata name.</summary>
    public CategorySetSpec? Find(string typeName) => Sets.FirstOrDefault(set => set.TypeName == typeName);

    /// <summary>Whether the class is a set of this project whose own problem has been reported.</summary>
    public bool IsBroken(string typeName) => Broken.Contains(typeName);

    /// <summary>The format of a set that a newer generator published; null where the class is none such.</summary>
    public int? NewerFormat(string typeName) => TooNew.FirstOrDefault(set => set.TypeName == typeName)?.FormatVersion;
}
