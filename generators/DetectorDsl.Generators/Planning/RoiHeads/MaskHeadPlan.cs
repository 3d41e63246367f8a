using DetectorDsl.Generators.Planning.Code;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>The branch that segments the object of a region: its module, its loss, cells per side of its masks, the shape that it yields.</summary>
internal sealed record MaskHeadPlan(PartPlan Part, RoiFeatures Features, ObjectCode Loss, int MaskSize, string LogitShape);
