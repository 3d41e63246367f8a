using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>The branch that segments the object of a region: its module, its loss, how its targets are cut (arguments), the shape that it yields.</summary>
internal sealed record MaskHeadPlan(PartPlan Part, RoiFeatures Features, ObjectCode Loss, string Targets, string LogitShape)
{
    /// <summary>The term that its loss yields.</summary>
    public LossTerm Term { get; } = new("loss_mask", "Masks of the positive regions.");
}
