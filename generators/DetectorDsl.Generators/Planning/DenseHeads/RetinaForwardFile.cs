using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.DenseHeads;

/// <summary>What the template of RetinaNet's forward pass and losses prints.</summary>
internal sealed record RetinaForwardFile(
    DeclarationNames Names,
    EquatableArray<FieldPlan> Fields,
    EquatableArray<string> ClassificationTerms,
    string ClassificationArguments,
    EquatableArray<LossTerm> Terms,
    int LogitCount
) : FilePlan("Forward", "RetinaForward", Names)
{
    /// <summary>Whether positive anchors weigh by the fit of their boxes.</summary>
    public bool IsReweighted { get; init; }

    /// <summary>Whether there is a second box loss.</summary>
    public bool HasRegression { get; init; }

    /// <summary>Whether the box loss is one of decoded boxes.</summary>
    public bool IsOfOverlaps { get; init; }

    /// <summary>Whether the logits of the positive anchors are asked for by themselves.</summary>
    public bool HasPrimeSamples => IsReweighted || HasRegression;

    public string ClassificationResult => LossTerm.Result(ClassificationTerms);

    public string AllTerms => string.Join(", ", Terms.Select(static term => term.Field));
}
