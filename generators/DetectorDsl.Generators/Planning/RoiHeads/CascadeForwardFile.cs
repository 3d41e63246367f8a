using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>What the template of the forward pass and losses of a cascade prints.</summary>
internal sealed record CascadeForwardFile(
    DeclarationNames Names,
    EquatableArray<FieldPlan> Fields,
    string FirstStage,
    EquatableArray<CascadeStep> Passes,
    string BoxFeatureShape,
    string? MaskTargets,
    string? MaskLogitShape,
    EquatableArray<string> WeightedTerms) : FilePlan("Forward", "CascadeForward", Names)
{
    public bool HasMasks => MaskTargets is not null;

    public string AllTerms => string.Join(", ", WeightedTerms);
}

/// <summary>A pass's part of a training step.</summary>
internal sealed record CascadeStep(
    int Index,
    int Number,
    string Proposals,
    string Seed,
    string ResultShapes,
    EquatableArray<LossTerm> ClassificationTerms,
    string ClassificationArguments,
    EquatableArray<LossTerm> BoxTerms,
    string BoxLoss,
    string PositiveOffsets,
    string RefiningScores,
    string? Next)
{
    public bool HasNext => Next is not null;

    public string ClassificationResult => LossTerm.Result(ClassificationTerms);

    public string BoxResult => LossTerm.Result(BoxTerms);
}
