using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Architectures;

/// <summary>What follows the neck: the heads, the whole model, its forward pass and losses.</summary>
/// <param name="Heads">Heads, in the order of their rows in the description.</param>
/// <param name="Model">The whole model.</param>
/// <param name="Forward">The training's forward pass.</param>
/// <param name="Terms">Terms of the objective, in order; their keys are distinct.</param>
/// <param name="InformedLosses">Losses that are told how often classes occur before the first step, as the training reaches them.</param>
/// <param name="HasMasks">Whether objects are segmented.</param>
/// <param name="Regions">How proposals of several copies of an image become one; null where nothing is proposed.</param>
internal sealed record ArchitecturePlan(
    EquatableArray<PartPlan> Heads,
    FilePlan Model,
    FilePlan Forward,
    EquatableArray<LossTerm> Terms,
    EquatableArray<string> InformedLosses,
    bool HasMasks,
    MergedRegions? Regions
);
