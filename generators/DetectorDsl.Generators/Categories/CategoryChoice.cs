using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;

namespace DetectorDsl.Generators.Categories;

/// <summary>Finds the categories of a declaration: those that it names, or the nearest base that names any.</summary>
internal static class CategoryChoice
{
    /// <summary>False where the set that is named cannot be used; null and true where none is named.</summary>
    public static bool TryMake(
        IReadOnlyList<DetectorDefinition> chain,
        CategorySetCatalog catalog,
        List<Problem> problems,
        out CategorySetSpec? set
    )
    {
        set = null;
        if (chain.FirstOrDefault(static definition => definition.Categories.Length > 0) is not { } naming)
        {
            return true;
        }
        var name = naming.Categories;
        if ((set = catalog.Find(name)) is not null)
        {
            return true;
        }

        // What is wrong with a set of this project has been said at its class.
        if (!catalog.IsBroken(name))
        {
            var origin = Origin.OfMember(naming.FullName, Origin.Attribute("Categories"));
            problems.Add(
                catalog.NewerFormat(name) is { } format
                    ? Problems.SpecFormatTooNew(origin, name, format, CategorySetText.FormatVersion)
                    : Problems.AssemblyWithoutSpec(origin, name, "that declares it")
            );
        }

        return false;
    }
}
