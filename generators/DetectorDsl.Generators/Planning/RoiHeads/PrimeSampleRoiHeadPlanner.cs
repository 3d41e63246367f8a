using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>One pass over the proposals in which regions weigh by what they are worth (PISA).</summary>
internal sealed class PrimeSampleRoiHeadPlanner : StandardRoiHeadPlanner
{
    private const string Head = "Model.RoiHead.BoxHead";

    protected override string Component => "DetectorDsl.PrimeSampleRoiHead";

    protected override string Weights => "weights";

    protected override bool Fits(ComponentValue component, ComponentValue boxHead, PlanContext context)
    {
        var (loss, coder) = (boxHead.Component("ClassificationLoss"), boxHead.Component("BoxCoder"));
        return (
                (!HasScores(component) && component.IsNull(PrimeSampleParts.Reweighting))
                || PrimeSampleParts.CanRank(loss, component, context)
            ) && PrimeSampleParts.HasOverlaps(coder, boxHead, component, context);
    }

    protected override IEnumerable<LossTerm> AllTerms(ComponentValue component, BoxHeadPlan boxHead, MaskHeadPlan? maskHead) =>
        component.IsNull(PrimeSampleParts.Regression)
            ? Terms(boxHead, maskHead)
            : Terms(boxHead with { BoxTerms = [.. boxHead.BoxTerms, PrimeSampleParts.Term("regions")] }, maskHead);

    protected override FilePlan Forward(ComponentValue component, StandardForwardFile plain) =>
        new PrimeSampleForwardFile(
            plain,
            HasScores(component)
                ? $"roiTargets.Compute(proposals, batch.Truths, stepSeed, device, rois => {Head}.call(Model.RoiHead.BoxFeatures.Extract(pyramid, rois)), {Head}.ClassificationLoss)"
                : "roiTargets.Compute(proposals, batch.Truths, stepSeed, device)",
            component.IsNull(PrimeSampleParts.Reweighting)
                ? "regions.Weights"
                : $"reweighting.Weights(regions, positiveOffsets, {Head}.Coder, logits, {Head}.ClassificationLoss)",
            !component.IsNull(PrimeSampleParts.Regression)
        );

    protected override (string Type, ObjectCode Sampler)? Targets(ComponentValue component, PlanContext context)
    {
        if (!HasScores(component))
        {
            return base.Targets(component, context);
        }

        return context.Make(component.Component("Sampler"), Surroundings.None) is { } sampler
            ? (PrimeSamples + "ScoredRoiTargets", sampler)
            : null;
    }

    protected override IEnumerable<FieldPlan>? FurtherFields(ComponentValue component, PlanContext context) =>
        PrimeSampleParts.Fields(component, context);

    private static bool HasScores(ComponentValue component) => component.Component("Sampler").Info.Is(BoxSamplers.ScoreRanked);
}
