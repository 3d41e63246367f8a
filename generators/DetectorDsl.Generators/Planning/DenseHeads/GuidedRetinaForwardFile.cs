using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.DenseHeads;

/// <summary>What the template of the forward pass and losses of RetinaNet's head with guided anchors prints.</summary>
internal sealed record GuidedRetinaForwardFile(
    DeclarationNames Names,
    EquatableArray<FieldPlan> Fields,
    EquatableArray<string> ClassificationTerms,
    string ClassificationArguments,
    EquatableArray<LossTerm> Terms,
    int LogitCount
) : FilePlan("Forward", "GuidedRetinaForward", Names)
{
    public string ClassificationResult => LossTerm.Result(ClassificationTerms);

    public string AllTerms => string.Join(", ", Terms.Select(static term => term.Key));
}
