using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>What the template of a second stage with several passes prints.</summary>
internal sealed record CascadeRoiHeadFile(
    DeclarationNames Names,
    ObjectCode BoxFeatures,
    EquatableArray<CascadeHeads> Passes,
    string Scores,
    ObjectCode? MaskFeatures,
    ObjectCode? MaskHead) : FilePlan("RoiHead", "CascadeRoiHead", Names)
{
    public bool HasMasks => MaskHead is not null;

    public int Count => Passes.Count;

    public CascadeHeads Last => Passes[Passes.Count - 1];

    public string BoxHeads => Joined(", ", "BoxHead");

    public string MaskHeads => Joined(", ", "MaskHead");

    public string SumOfLogits => Joined(" + ", "logits");

    public string SumOfMasks => Joined(" + ", "masks");

    private string Joined(string separator, string name) => string.Join(separator, Passes.Select(pass => $"{name}{pass.Index}"));
}

/// <summary>A pass's box head, and how regions come to it and leave it at inference.</summary>
internal sealed record CascadeHeads(int Index, int Number, ObjectCode BoxHead, string Coder, string Regions, string RefiningScores, string? Next)
{
    public bool HasNext => Next is not null;
}
