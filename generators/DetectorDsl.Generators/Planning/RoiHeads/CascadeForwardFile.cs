using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>What the template of the forward pass and losses of a cascade prints.</summary>
internal sealed record CascadeForwardFile(
    DeclarationNames Names,
    EquatableArray<FieldPlan> Fields,
    string FirstStage,
    int? SemanticStride,
    bool HasContext,
    string? Enriched,
    EquatableArray<CascadeStep> Passes,
    string BoxFeatureShape,
    string? MaskTargets,
    string? MaskLogitShape,
    EquatableArray<string> WeightedTerms
) : FilePlan("Forward", "CascadeForward", Names)
{
    public bool HasSemantic => SemanticStride is not null;

    /// <summary>Whether regions' features come from more than the pyramid.</summary>
    public bool IsFused => Enriched is not null;

    public string AllTerms => string.Join(", ", WeightedTerms);
}

/// <summary>A pass's part of a training step.</summary>
internal sealed record CascadeStep(
    int Index,
    int Number,
    string Proposals,
    string Seed,
    string BoxFeatures,
    string ResultShapes,
    EquatableArray<LossTerm> ClassificationTerms,
    string ClassificationArguments,
    EquatableArray<LossTerm> BoxTerms,
    string BoxLoss,
    string PositiveOffsets,
    string RefiningScores,
    string? Refined,
    string? MaskSeed,
    string? MaskRegions,
    string MaskFeatures,
    string MaskLogits
)
{
    /// <summary>Whether its refined regions are used, by its masks or by the next pass.</summary>
    public bool Refines => Refined is not null;

    /// <summary>Whether its masks are trained on regions of their own.</summary>
    public bool Resamples => MaskSeed is not null;

    public bool HasMasks => MaskRegions is not null;

    public string ClassificationResult => LossTerm.Result(ClassificationTerms);

    public string BoxResult => LossTerm.Result(BoxTerms);
}
