using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.DenseHeads;

/// <summary>The branch that finds objects at every location: its module, the training's forward pass, the terms of its losses, the loss that is told how often classes occur.</summary>
internal sealed record DenseHeadPlan(
    PartPlan Part,
    FilePlan Forward,
    EquatableArray<LossTerm> Terms,
    EquatableArray<string> InformedLosses
);
