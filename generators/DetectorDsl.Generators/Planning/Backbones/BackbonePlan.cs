using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Backbones;

/// <summary>The backbone: its module, its levels finest first, and the file with its first weights (C# text), if any.</summary>
internal sealed record BackbonePlan(PartPlan Part, EquatableArray<Level> Levels, string? InitialWeights);
