using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>What the template of the forward pass and losses with one pass over the proposals prints.</summary>
internal record StandardForwardFile(
    DeclarationNames Names,
    EquatableArray<FieldPlan> Fields,
    string FirstStage,
    EquatableArray<string> ClassificationTerms,
    string ClassificationArguments,
    EquatableArray<LossTerm> BoxTerms,
    string PositiveOffsets,
    EquatableArray<LossTerm> Terms,
    string BoxFeatureShape,
    string BoxResultShapes,
    string? MaskTargets,
    string? MaskLogitShape
) : FilePlan("Forward", "StandardForward", Names)
{
    public bool HasMasks => MaskTargets is not null;

    /// <summary>What receives the classification loss: one tensor, or a tuple.</summary>
    public string ClassificationResult => LossTerm.Result(ClassificationTerms);

    /// <summary>What receives the loss of the boxes.</summary>
    public string BoxResult => LossTerm.Result(BoxTerms);

    public string AllTerms => string.Join(", ", Terms.Select(static term => term.Field));
}
