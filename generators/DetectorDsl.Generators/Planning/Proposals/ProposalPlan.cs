using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Proposals;

/// <summary>What proposes regions. Its class has <c>Propose</c> for inference.</summary>
/// <param name="Part">Its module.</param>
/// <param name="TrainingFields">What its training needs.</param>
/// <param name="ForwardPartial">The partial template of its part of the forward pass, which yields <paramref name="Terms" /> and <c>proposals</c>.</param>
/// <param name="Terms">Terms of its losses.</param>
/// <param name="InferenceRegions">Regions of an image at inference.</param>
internal sealed record ProposalPlan(
    PartPlan Part,
    EquatableArray<FieldPlan> TrainingFields,
    string ForwardPartial,
    EquatableArray<LossTerm> Terms,
    int InferenceRegions
);
