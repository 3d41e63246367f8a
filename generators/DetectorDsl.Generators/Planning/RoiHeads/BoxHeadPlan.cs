using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>The branch that classifies regions and refines boxes: its module, the terms of its classification loss and what that needs, its offset loss and coder, the shapes that it yields.</summary>
internal sealed record BoxHeadPlan(PartPlan Part, RoiFeatures Features, EquatableArray<string> Terms, LossNeedsInfo? LossNeeds, ObjectCode BoxLoss, ObjectCode Coder, string ResultShapes);
