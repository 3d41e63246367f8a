using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>How the passes of a cascade work together, beyond handing on regions.</summary>
/// <param name="Interleaved">Whether masks are trained on the boxes that their pass has refined.</param>
/// <param name="MaskFlow">Whether each mask head builds on the one before.</param>
/// <param name="MasksInEveryPass">Whether every pass has a mask head, or only the last.</param>
internal sealed record CascadeForm(bool Interleaved, bool MaskFlow, bool MasksInEveryPass)
{
    /// <summary>Passes that only hand on regions.</summary>
    public static CascadeForm Plain { get; } = new(Interleaved: false, MaskFlow: false, MasksInEveryPass: true);

    /// <summary>The branch that classifies every place of the image; null where there is none.</summary>
    public SemanticPlan? Semantic { get; init; }

    /// <summary>What says what the image is about; null where there is none.</summary>
    public ContextPlan? Context { get; init; }

    /// <summary>Whether regions' features come from more than the pyramid.</summary>
    public bool IsFused => Semantic is not null || Context is not null;

    /// <summary>Branches over whole images, in the order of their rows.</summary>
    public IEnumerable<PartPlan> Parts =>
        [.. Semantic is null ? Array.Empty<PartPlan>() : [Semantic.Part], .. Context is null ? Array.Empty<PartPlan>() : [Context.Part]];

    /// <summary>Terms of these branches.</summary>
    public IEnumerable<LossTerm> Terms =>
        [.. Semantic is null ? Array.Empty<LossTerm>() : [Semantic.Term], .. Context is null ? Array.Empty<LossTerm>() : [Context.Term]];

    /// <summary>What the training of these branches needs.</summary>
    public IEnumerable<FieldPlan> Fields =>
        [
            .. Semantic is null ? Array.Empty<FieldPlan>() : [new("semanticLoss", Semantic.Loss, "Loss of the classes of every cell.")],
            .. Context is null
                ? Array.Empty<FieldPlan>()
                : [new("presenceLoss", Context.Loss, "Loss of the classes that are in the image.")],
        ];
}

/// <summary>A branch that classifies every place of the image.</summary>
/// <param name="Part">Its module.</param>
/// <param name="Features">Cuts the regions' share out of its embedding.</param>
/// <param name="Loss">Its loss.</param>
/// <param name="Stride">Pixels of the image per cell.</param>
internal sealed record SemanticPlan(PartPlan Part, ObjectCode Features, ObjectCode Loss, int Stride)
{
    public LossTerm Term { get; } = new("loss_semantic_seg", "Classes of every cell of the image.");
}

/// <summary>What says what the image is about: its module and its loss.</summary>
internal sealed record ContextPlan(PartPlan Part, ObjectCode Loss)
{
    public LossTerm Term { get; } = new("loss_glbctx", "Classes that are in the image.");
}
