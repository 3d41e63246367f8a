using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>One pass over the proposals (Faster R-CNN, Mask R-CNN).</summary>
internal sealed class StandardRoiHeadPlanner : RoiHeadPlanner
{
    protected override string Component => "DetectorDsl.StandardRoiHead";

    protected override RoiHeadPlan? Plan(ComponentValue component, RoiHeadPlace place, PlanContext context)
    {
        if (place.Features("BoxFeatures", context) is not { } boxFeatures
            || BoxHeadPlanner.Of(context.Spec.Component("BoxHead"), boxFeatures, place.Proposals.InferenceRegions, HeadPlace.Only, context) is not { } boxHead)
        {
            return null;
        }

        MaskHeadPlan? maskHead = null;
        if (context.Spec.Has("MaskHead"))
        {
            maskHead = place.Features("MaskFeatures", context) is { } maskFeatures ? MaskHeadPlanner.Plan(maskFeatures, HeadPlace.Only, context) : null;
            if (maskHead is null)
            {
                return null;
            }
        }

        if (Fields(component, boxHead, maskHead, context) is not { } fields || CalibrationPlanner.Scores("BoxHead.ClassificationLoss.Scores(logits)", context) is not { } scores)
        {
            return null;
        }

        var terms = place.Proposals.Terms.Concat(Terms(boxHead, maskHead)).ToEquatableArray();
        var forward = new StandardForwardFile(
            context.Names,
            place.Proposals.TrainingFields.Concat(fields).ToEquatableArray(),
            place.Proposals.ForwardPartial,
            boxHead.Classification.Terms,
            boxHead.Classification.Arguments("logits, regions.Labels, null, regions.Count"),
            boxHead.BoxTerms,
            boxHead.PositiveOffsets("offsets", "regions"),
            terms,
            boxFeatures.Shape,
            boxHead.ResultShapes,
            maskHead?.Targets,
            maskHead?.LogitShape);
        var holder = Holder(new StandardRoiHeadFile(context.Names, boxFeatures.Code, boxHead.Part.Code, scores, maskHead?.Features.Code, maskHead?.Part.Code));
        PartPlan[] parts = [boxHead.Part, .. maskHead is null ? Array.Empty<PartPlan>() : [maskHead.Part], holder];
        return new RoiHeadPlan(parts.ToEquatableArray(), forward, terms, boxHead.Classification.Informed("Model.RoiHead.BoxHead.ClassificationLoss"), maskHead is not null);
    }

    private static List<FieldPlan>? Fields(ComponentValue component, BoxHeadPlan boxHead, MaskHeadPlan? maskHead, PlanContext context)
    {
        var assigner = context.Make(component.Component("Assigner"), Surroundings.None);
        var sampler = context.Make(component.Component("Sampler"), Surroundings.None);
        if (assigner is null || sampler is null)
        {
            return null;
        }

        return
        [
            new("roiTargets", ObjectCode.New(Heads + "RoiTargets", assigner.Construction, sampler.Construction, boxHead.Coder.Construction, $"classes: {CSharpLiteral.Of(context.Classes)}"), "Which regions the second stage's losses see, and their targets."),
            new("boxLoss", boxHead.BoxLoss, "Loss of the positive regions' offsets."),
            .. maskHead is null ? Array.Empty<FieldPlan>() : [new("maskLoss", maskHead.Loss, "Loss of the positive regions' masks.")],
        ];
    }
}
