using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Architectures;

/// <summary>What the template of a two-stage detector's forward pass and losses prints.</summary>
internal sealed record TwoStageForwardFile(
    DeclarationNames Names,
    EquatableArray<FieldPlan> Fields,
    EquatableArray<string> ClassificationTerms,
    string ClassificationArguments,
    EquatableArray<LossTerm> Terms,
    string BoxFeatureShape,
    string BoxResultShapes,
    string? MaskTargets,
    string? MaskLogitShape) : FilePlan("Forward", "TwoStageForward", Names)
{
    public bool HasMasks => MaskTargets is not null;

    /// <summary>What receives the classification loss: one tensor, or a tuple.</summary>
    public string ClassificationResult => LossTerm.Result(ClassificationTerms);

    public string AllTerms => string.Join(", ", Terms.Select(static term => term.Key));
}
