using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>What the template of a second stage with several passes prints.</summary>
internal sealed record CascadeRoiHeadFile(
    DeclarationNames Names,
    ObjectCode BoxFeatures,
    EquatableArray<CascadeHeads> Passes,
    string Scores,
    ObjectCode? MaskFeatures,
    ObjectCode? MaskHead,
    EquatableArray<CascadeMasks> Masks,
    ObjectCode? SemanticHead,
    ObjectCode? SemanticFeatures,
    ObjectCode? ContextHead,
    int Levels
) : FilePlan("RoiHead", "CascadeRoiHead", Names)
{
    public StructureCode Structure =>
        StructureCode.Holding([
            ("bbox_head", $"nn.ModuleList<nn.Module>({string.Join(", ", Passes.Select(static pass => $"BoxHead{pass.Index}"))})"),
            .. HasMasks ? new[] { ("mask_head", MaskHeads) } : [],
            .. HasSemantic ? new[] { ("semantic_head", "SemanticHead") } : [],
            .. HasContext ? new[] { ("glbctx_head", "ContextHead") } : [],
        ]);

    public bool HasMasks => MaskHead is not null;

    public bool HasSemantic => SemanticHead is not null;

    public bool HasContext => ContextHead is not null;

    /// <summary>What sees more of regions than the pyramid, where anything does: which branches, and the extractor of their features.</summary>
    public EquatableArray<FusedFeatures> Fusions => [new("box", "BoxFeatures"), new("mask", "MaskFeatures")];

    /// <summary>Whether regions' features come from more than the pyramid.</summary>
    public bool IsFused => HasSemantic || HasContext;

    public int Count => Passes.Count;

    public CascadeHeads Last => Passes[Passes.Count - 1];

    /// <summary>What is registered as the mask heads: a list of those of all passes, or the only one.</summary>
    private string MaskHeads =>
        Masks.Count == 1 && Masks[0].Name.Length == 0
            ? "MaskHead"
            : $"nn.ModuleList<nn.Module>({string.Join(", ", Masks.Select(static mask => $"MaskHead{mask.Name}"))})";

    public string MeanOfLogits => Mean(Passes.Select(static pass => $"logits{pass.Index}"));

    public string MeanOfMasks =>
        Masks.Count > 1 ? Mean(Masks.Select(static mask => $"masks{mask.Name}")) : "masks" + Masks.FirstOrDefault()?.Name;

    /// <summary>Behind the pyramid, the embedding, where there is one.</summary>
    public int SemanticPlace => Levels;

    /// <summary>Behind that, the context.</summary>
    public int ContextPlace => HasSemantic ? Levels + 1 : Levels;

    /// <summary>The pyramid, and what further branches yield.</summary>
    public string Enriched => $"[.. pyramid{(HasSemantic ? ", semantic" : "")}{(HasContext ? ", context" : "")}]";

    private static string Mean(IEnumerable<string> values) =>
        values.ToList() is { Count: > 1 } several
            ? $"global::DetectorDsl.Native.Arithmetic.Mean({string.Join(", ", several)})"
            : values.First();
}

/// <summary>A pass's box head, and how regions come to it and leave it at inference.</summary>
internal sealed record CascadeHeads(
    int Index,
    int Number,
    ObjectCode BoxHead,
    string Coder,
    string Regions,
    string Features,
    string RefiningScores,
    string? Next
)
{
    public bool HasNext => Next is not null;
}

/// <summary>A mask head at inference: the end of its name, its construction, its inner features where it has any that flow, and what it reads.</summary>
internal sealed record CascadeMasks(string Name, int Number, string Initializer, string? Inner, string Argument)
{
    public bool Flows => Inner is not null;
}

/// <summary>Branches that see more of regions than the pyramid, and the extractor of their features.</summary>
internal sealed record FusedFeatures(string Heads, string Extractor);
