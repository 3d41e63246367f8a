using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Resolving;

namespace DetectorDsl.Generators.Pipeline;

/// <summary>Everything that a declaration can refer to. Made anew only when one of its sources changes, so compared by reference.</summary>
internal sealed class Catalogs(DetectorCatalog detectors, ComponentCatalog components, EquatableArray<CategorySetSpec> categorySets)
{
    public DetectorCatalog Detectors { get; } = detectors;

    public ComponentCatalog Components { get; } = components;

    public EquatableArray<CategorySetSpec> CategorySets { get; } = categorySets;
}
