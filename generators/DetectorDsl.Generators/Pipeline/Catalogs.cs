using DetectorDsl.Generators.Categories;
using DetectorDsl.Generators.Resolving;

namespace DetectorDsl.Generators.Pipeline;

/// <summary>Everything that a declaration can refer to. Made anew only when one of its sources changes, so compared by reference.</summary>
internal sealed class Catalogs(DetectorCatalog detectors, ComponentCatalog components, CategorySetCatalog categorySets)
{
    public DetectorCatalog Detectors { get; } = detectors;

    public ComponentCatalog Components { get; } = components;

    public CategorySetCatalog CategorySets { get; } = categorySets;
}
