using DetectorDsl.Generators.Planning.Classification;
using DetectorDsl.Generators.Planning.Code;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>The branch that classifies regions and refines boxes: its module, its classification loss, its offset loss and coder, the shapes that it yields.</summary>
internal sealed record BoxHeadPlan(PartPlan Part, RoiFeatures Features, ClassificationPlan Classification, ObjectCode BoxLoss, ObjectCode Coder, string ResultShapes);
