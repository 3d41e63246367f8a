using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Training;

/// <summary>What the template of the losses prints.</summary>
internal sealed record LossesFile(DeclarationNames Names, EquatableArray<LossTerm> Terms) : FilePlan("Losses", "Losses", Names)
{
    public string Parameters => string.Join(", ", Terms.Select(static term => $"Tensor {term.Field}"));

    /// <summary>The sum of the terms, which carry their weights.</summary>
    public string Sum =>
        Terms.Count == 1
            ? Terms[0].Field
            : $"global::DetectorDsl.Native.Arithmetic.Sum({string.Join(", ", Terms.Select(static term => term.Field))})";
}
