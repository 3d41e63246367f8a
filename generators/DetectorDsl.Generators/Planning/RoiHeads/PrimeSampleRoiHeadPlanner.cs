using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>One pass over the proposals in which regions weigh by what they are worth (PISA).</summary>
internal sealed class PrimeSampleRoiHeadPlanner : StandardRoiHeadPlanner
{
    private const string Reweighting = "Reweighting";
    private const string Regression = "Regression";
    private const string Head = "Model.RoiHead.BoxHead";

    protected override string Component => "DetectorDsl.PrimeSampleRoiHead";

    protected override string Weights => "weights";

    protected override bool Fits(ComponentValue component, ComponentValue boxHead, PlanContext context)
    {
        var (loss, coder) = (boxHead.Component("ClassificationLoss"), boxHead.Component("BoxCoder"));
        if ((HasScores(component) || !component.IsNull(Reweighting)) && loss.Info.Logits is not { PerRegion: true })
        {
            context.Report(Problems.PrimeSamplesDoNotFit(
                loss.Origin, loss.Name, component.Name, "it tells no loss of a single region ([Logits(PerRegion = true)]), as one that draws lots each step or averages over groups of regions cannot. Take another loss, or a StandardRoiHead"));
            return false;
        }

        if (!coder.Info.Is("DetectorDsl.DeltaBoxCoder"))
        {
            context.Report(Problems.PrimeSamplesDoNotFit(
                boxHead.Origin, boxHead.Name, component.Name, "its boxes are not those of a DeltaBoxCoder, by whose overlap regions are ranked. Take a FullyConnectedBoxHead, or a StandardRoiHead"));
            return false;
        }

        return true;
    }

    protected override IEnumerable<LossTerm> AllTerms(ComponentValue component, BoxHeadPlan boxHead, MaskHeadPlan? maskHead) => component.IsNull(Regression)
        ? Terms(boxHead, maskHead)
        : Terms(boxHead with { BoxTerms = [.. boxHead.BoxTerms, new LossTerm("loss_carl", "Offsets of the positive regions, weighed by their scores.")] }, maskHead);

    protected override FilePlan Forward(ComponentValue component, StandardForwardFile plain) => new PrimeSampleForwardFile(
        plain,
        HasScores(component)
            ? $"roiTargets.Compute(proposals, batch.Truths, stepSeed, device, rois => {Head}.call(Model.RoiHead.BoxFeatures.Extract(pyramid, rois)), {Head}.ClassificationLoss)"
            : "roiTargets.Compute(proposals, batch.Truths, stepSeed, device)",
        component.IsNull(Reweighting) ? "regions.Weights" : $"reweighting.Weights(regions, positiveOffsets, {Head}.Coder, logits, {Head}.ClassificationLoss)",
        !component.IsNull(Regression));

    protected override (string Type, ObjectCode Sampler)? Targets(ComponentValue component, PlanContext context)
    {
        if (!HasScores(component))
        {
            return base.Targets(component, context);
        }

        return context.Make(component.Component("Sampler"), Surroundings.None) is { } sampler ? (PrimeSamples + "ScoredRoiTargets", sampler) : null;
    }

    protected override IEnumerable<FieldPlan>? FurtherFields(ComponentValue component, PlanContext context)
    {
        var fields = new List<FieldPlan>();
        foreach (var (property, name, summary) in new[]
        {
            (Reweighting, "reweighting", "Weights of the positive regions by the fit of their predicted boxes."),
            (Regression, "regression", "Weights of the positive regions in the second box loss."),
        })
        {
            if (component[property] is not ComponentValue part)
            {
                continue;
            }

            if (context.Make(part, Surroundings.None) is not { } code)
            {
                return null;
            }

            fields.Add(new FieldPlan(name, code, summary));
        }

        return fields;
    }

    private static bool HasScores(ComponentValue component) => component.Component("Sampler").Info.Is(BoxSamplers.ScoreRanked);
}
