using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Proposals;

/// <summary>What proposes regions: its module, what its training needs, and how many regions it yields at inference.</summary>
internal sealed record ProposalPlan(PartPlan Part, EquatableArray<FieldPlan> TrainingFields, int InferenceRegions);
