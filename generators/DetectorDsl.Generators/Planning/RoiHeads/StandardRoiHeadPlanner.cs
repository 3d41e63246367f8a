using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>One pass over the proposals (Faster R-CNN, Mask R-CNN).</summary>
internal class StandardRoiHeadPlanner : RoiHeadPlanner
{
    protected override string Component => "DetectorDsl.StandardRoiHead";

    protected sealed override RoiHeadPlan? Plan(ComponentValue component, RoiHeadPlace place, PlanContext context)
    {
        if (
            place.Features("BoxFeatures", context) is not { } boxFeatures
            || BoxHeadPlanner.Of(context.Spec.Component("BoxHead"), boxFeatures, place.Proposals.InferenceRegions, HeadPlace.Only, context)
                is not { } boxHead
            || !Fits(component, context.Spec.Component("BoxHead"), context)
        )
        {
            return null;
        }

        MaskHeadPlan? maskHead = null;
        if (context.Spec.Has("MaskHead"))
        {
            maskHead = place.Features("MaskFeatures", context) is { } maskFeatures
                ? MaskHeadPlanner.Plan(maskFeatures, HeadPlace.Only, context)
                : null;
            if (maskHead is null)
            {
                return null;
            }
        }

        if (
            Fields(component, boxHead, maskHead, context) is not { } fields
            || CalibrationPlanner.Scores("BoxHead.ClassificationLoss.Scores(logits)", context) is not { } scores
        )
        {
            return null;
        }

        var terms = place.Proposals.Terms.Concat(AllTerms(component, boxHead, maskHead)).ToEquatableArray();
        var forward = new StandardForwardFile(
            context.Names,
            place.Proposals.TrainingFields.Concat(fields).ToEquatableArray(),
            place.Proposals.ForwardPartial,
            boxHead.Classification.Terms,
            boxHead.Classification.Arguments($"logits, regions.Labels, {Weights}, regions.Count"),
            boxHead.BoxTerms,
            boxHead.PositiveOffsets("offsets", "regions"),
            terms,
            boxFeatures.Shape,
            boxHead.ResultShapes,
            maskHead?.Targets,
            maskHead?.LogitShape
        );
        var holder = Holder(
            new StandardRoiHeadFile(
                context.Names,
                boxFeatures.Code,
                boxHead.Part.Code,
                scores,
                maskHead?.Features.Code,
                maskHead?.Part.Code
            )
        );
        PartPlan[] parts = [boxHead.Part, .. maskHead is null ? Array.Empty<PartPlan>() : [maskHead.Part], holder];
        return new RoiHeadPlan(
            parts.ToEquatableArray(),
            Forward(component, forward),
            terms,
            boxHead.Classification.Informed("Model.RoiHead.BoxHead.ClassificationLoss"),
            maskHead is not null
        );
    }

    /// <summary>The argument for the regions' weights in the classification loss.</summary>
    protected virtual string Weights => "null";

    /// <summary>Whether the kind can do with the box head; a problem where not.</summary>
    protected virtual bool Fits(ComponentValue component, ComponentValue boxHead, PlanContext context) => true;

    /// <summary>The second stage's terms.</summary>
    protected virtual IEnumerable<LossTerm> AllTerms(ComponentValue component, BoxHeadPlan boxHead, MaskHeadPlan? maskHead) =>
        Terms(boxHead, maskHead);

    /// <summary>The forward pass, from that of a plain pass.</summary>
    protected virtual FilePlan Forward(ComponentValue component, StandardForwardFile plain) => plain;

    /// <summary>The class that computes the regions' targets, and its sampler; null, and a problem, where it cannot be made.</summary>
    protected virtual (string Type, ObjectCode Sampler)? Targets(ComponentValue component, PlanContext context) =>
        BoxSamplers.WithoutScores(component, context) is { } sampler ? (TrainingTargets + "RoiTargets", sampler) : null;

    /// <summary>Fields of the training beside targets and losses; null, and a problem, where one cannot be made.</summary>
    protected virtual IEnumerable<FieldPlan>? FurtherFields(ComponentValue component, PlanContext context) => [];

    // mmdetection's files differ there: faster-rcnn_r50_fpn.py and mask-rcnn_r50_fpn.py.
    private static ObjectCode? Assigner(ComponentValue component, bool hasMasks, PlanContext context) =>
        component.IsNull("Assigner")
            ? MaxIouAssigners.At(0.5, matchLowQuality: hasMasks)
            : context.Make(component.Component("Assigner"), Surroundings.None);

    private List<FieldPlan>? Fields(ComponentValue component, BoxHeadPlan boxHead, MaskHeadPlan? maskHead, PlanContext context)
    {
        if (
            Assigner(component, hasMasks: maskHead is not null, context) is not { } assigner
            || Targets(component, context) is not var (type, sampler)
            || FurtherFields(component, context) is not { } further
        )
        {
            return null;
        }

        return
        [
            new(
                "roiTargets",
                ObjectCode.New(
                    type,
                    assigner.Construction,
                    sampler.Construction,
                    boxHead.Coder.Construction,
                    $"classes: {CSharpLiteral.Of(context.Classes)}"
                ),
                "Which regions the second stage's losses see, and their targets."
            ),
            .. further,
            new("boxLoss", boxHead.BoxLoss, "Loss of the positive regions' offsets."),
            .. maskHead is null ? Array.Empty<FieldPlan>() : [new("maskLoss", maskHead.Loss, "Loss of the positive regions' masks.")],
        ];
    }
}
