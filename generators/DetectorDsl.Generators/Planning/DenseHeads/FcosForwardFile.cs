using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.DenseHeads;

/// <summary>What the template of FCOS's forward pass and losses prints.</summary>
internal sealed record FcosForwardFile(
    DeclarationNames Names,
    EquatableArray<FieldPlan> Fields,
    EquatableArray<string> ClassificationTerms,
    string ClassificationArguments,
    EquatableArray<LossTerm> Terms,
    int LogitCount,
    string BoxWeights
) : FilePlan("Forward", "FcosForward", Names)
{
    public string ClassificationResult => LossTerm.Result(ClassificationTerms);

    public string AllTerms => string.Join(", ", Terms.Select(static term => term.Field));
}
