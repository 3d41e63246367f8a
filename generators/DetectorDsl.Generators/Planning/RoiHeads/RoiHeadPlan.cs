using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>A second stage: its heads and the class that holds them, its forward pass and losses.</summary>
/// <param name="Parts">Heads in the order of their rows in the description, then the class that holds them.</param>
/// <param name="Forward">The training's forward pass, first stage included.</param>
/// <param name="Terms">Terms of the objective, those of the first stage ahead.</param>
/// <param name="InformedLosses">Losses that are told how often classes occur before the first step, as the training reaches them.</param>
/// <param name="HasMasks">Whether objects are segmented.</param>
internal sealed record RoiHeadPlan(
    EquatableArray<PartPlan> Parts,
    FilePlan Forward,
    EquatableArray<LossTerm> Terms,
    EquatableArray<string> InformedLosses,
    bool HasMasks
)
{
    /// <summary>The expression for what the second stage reads, of the model's <c>images</c>.</summary>
    public string Features { get; init; } = Pyramids;

    /// <summary>The pyramid among these, which the first stage reads.</summary>
    public string Pyramid { get; init; } = "features";

    /// <summary>The neck's maps of the model's <c>images</c>.</summary>
    public const string Pyramids = "Neck.call(Backbone.call(images))";
}
