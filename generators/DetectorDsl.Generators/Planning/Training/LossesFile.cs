using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Training;

/// <summary>What the template of the losses prints.</summary>
internal sealed record LossesFile(DeclarationNames Names, EquatableArray<LossTerm> Terms) : FilePlan("Losses", "Losses", Names)
{
    public string Parameters => string.Join(", ", Terms.Select(static term => $"Tensor {term.Field}"));

    /// <summary>The weighted sum, on lines of its own where it is long.</summary>
    public string Sum => string.Join(Terms.Count > 8 ? "\n            + " : " + ", Terms.Select(static term => term.Field));
}
