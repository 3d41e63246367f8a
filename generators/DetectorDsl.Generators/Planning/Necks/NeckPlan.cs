using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Necks;

/// <summary>What fuses the backbone's maps: its module and the pyramid that it yields, finest level first.</summary>
internal sealed record NeckPlan(PartPlan Part, EquatableArray<Level> Pyramid);
