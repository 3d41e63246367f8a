using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Necks;

/// <summary>What refines the mean of a pyramid's levels: its module, what descriptions call it, its cost and its layers' names.</summary>
internal sealed record RefinementPlan(ObjectCode Code, string Kind, Cost Cost, EquatableArray<LayerName> Names);
