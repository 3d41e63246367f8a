using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Proposals;
using DetectorDsl.Generators.Planning.Shapes;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>What a second stage is built on.</summary>
/// <param name="Pyramid">The neck's levels.</param>
/// <param name="CoarsestStride">Stride of the backbone's last map; regions are cut out of no coarser level.</param>
/// <param name="Proposals">The first stage.</param>
internal sealed record RoiHeadPlace(IReadOnlyList<Level> Pyramid, int CoarsestStride, ProposalPlan Proposals)
{
    /// <summary>How features are cut out for the heads of a slot.</summary>
    public RoiFeatures? Features(string slot, PlanContext context) =>
        RoiAlignPlanner.Plan(context.Spec.Component(slot), Pyramid, CoarsestStride, context);
}
