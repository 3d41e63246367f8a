using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>Several passes over the regions, each with heads of its own (Cascade R-CNN, Cascade Mask R-CNN).</summary>
internal class CascadePlanner : RoiHeadPlanner
{
    protected override string Component => "DetectorDsl.Cascade";

    protected override RoiHeadPlan? Plan(ComponentValue component, RoiHeadPlace place, PlanContext context)
    {
        if (
            Form(component, place, context) is not { } form
            || place.Features("BoxFeatures", context) is not { } boxFeatures
            || Passes(component, boxFeatures, place, context) is not { } passes
        )
        {
            return null;
        }

        MaskHeadPlan? maskHead = null;
        if (context.Spec.Has("MaskHead"))
        {
            int?[] masked = form.MasksInEveryPass ? [.. passes.Select(static pass => (int?)pass.Index)] : [null];
            maskHead = place.Features("MaskFeatures", context) is { } maskFeatures
                ? MaskHeadPlanner.Plan(maskFeatures, new HeadPlace("", masked, Agnostic: false) { Flows = form.MaskFlow }, context)
                : null;
            if (maskHead is null)
            {
                return null;
            }
        }

        if (
            Fields(component, passes, maskHead, context) is not { } fields
            || CalibrationPlanner.Scores($"BoxHead{passes[passes.Count - 1].Index}.ClassificationLoss.Scores(logits)", context)
                is not { } scores
        )
        {
            return null;
        }

        var wiring = new CascadeWiring(passes, form, maskHead);
        var forward = new CascadeForwardFile(
            context.Names,
            [.. place.Proposals.TrainingFields, .. form.Fields, .. fields],
            place.Proposals.ForwardPartial,
            form.Semantic?.Stride,
            form.Context is not null,
            form.IsFused ? wiring.Enriched : null,
            passes.Select(pass => wiring.Step(pass)).ToEquatableArray(),
            boxFeatures.Shape,
            maskHead?.Targets,
            maskHead?.LogitShape,
            [
                .. place.Proposals.Terms.Concat(form.Terms).Select(static term => term.Field),
                .. passes.SelectMany(pass => pass.Weighted(wiring.Terms(pass))),
            ]
        );
        var holder = new CascadeRoiHeadFile(
            context.Names,
            boxFeatures.Code,
            passes.Select(pass => wiring.Heads(pass)).ToEquatableArray(),
            scores,
            maskHead?.Features.Code,
            maskHead?.Part.Code,
            wiring.Masks.ToEquatableArray(),
            form.Semantic?.Part.Code,
            form.Semantic?.Features,
            form.Context?.Part.Code,
            place.Pyramid.Count
        );
        return new RoiHeadPlan(
            [
                .. form.Parts,
                .. passes.Select(static pass => pass.BoxHead.Part).Distinct(),
                .. maskHead is null ? Array.Empty<PartPlan>() : [maskHead.Part],
                Holder(holder),
            ],
            forward,
            [.. place.Proposals.Terms, .. form.Terms, .. passes.SelectMany(wiring.Terms)],
            passes
                .SelectMany(static pass => pass.BoxHead.Classification.Informed($"Model.RoiHead.BoxHead{pass.Index}.ClassificationLoss"))
                .ToEquatableArray(),
            maskHead is not null
        )
        {
            Features = form.IsFused ? $"RoiHead.Enrich({RoiHeadPlan.Pyramids})" : RoiHeadPlan.Pyramids,
            Pyramid = form.IsFused ? $"features[..{CSharpLiteral.Of(place.Pyramid.Count)}]" : "features",
        };
    }

    /// <summary>How the passes work together; null, and a problem, where they cannot.</summary>
    protected virtual CascadeForm? Form(ComponentValue component, RoiHeadPlace place, PlanContext context) => CascadeForm.Plain;

    private static List<CascadePass>? Passes(ComponentValue component, RoiFeatures features, RoiHeadPlace place, PlanContext context)
    {
        var stages = component.List("Stages").Select(static (stage, index) => (Stage: (ComponentValue)stage, Index: index)).ToList();
        var regions = place.Proposals.InferenceRegions;
        int?[] shared = [.. stages.Where(static item => item.Stage.IsNull("BoxHead")).Select(static item => (int?)item.Index)];
        var template =
            shared.Length > 0
                ? BoxHeadPlanner.Of(
                    context.Spec.Component("BoxHead"),
                    features,
                    regions,
                    new HeadPlace("", shared, Agnostic: true),
                    context
                )
                : null;
        if (template is null && shared.Length > 0)
        {
            return null;
        }

        var passes = new List<CascadePass>();
        foreach (var (stage, index) in stages)
        {
            var head = stage.IsNull("BoxHead")
                ? template
                : BoxHeadPlanner.Of(
                    stage.Component("BoxHead"),
                    features,
                    regions,
                    new HeadPlace(CSharpLiteral.Of(index), [index], Agnostic: true),
                    context
                );
            if (head is null || context.MakeShown(stage.Component("BoxCoder"), Surroundings.None) is not { } coder)
            {
                return null;
            }

            passes.Add(new CascadePass(index, stage, head, coder));
        }

        return passes.All(pass => Fits(pass, component, passes[0], context)) ? passes : null;
    }

    /// <summary>Whether the pass's coder is of the form that its head predicts, and its logits are of the same meaning as the others'; a problem where not.</summary>
    private static bool Fits(CascadePass pass, ComponentValue cascade, CascadePass first, PlanContext context)
    {
        var coder = pass.Stage.Component("BoxCoder");
        if (pass.Coder.Type != pass.BoxHead.Coder.Type)
        {
            context.Report(
                Problems.PassDoesNotFit(
                    coder.Origin,
                    coder.Name,
                    cascade.Name,
                    $"the pass's box head predicts boxes in the form of {FormOf(pass.BoxHead.Coder)}"
                )
            );
            return false;
        }

        if (!BoxForms.AreAlike(coder, HeadOf(pass, context).Component("BoxCoder")))
        {
            context.Report(
                Problems.PassDoesNotFit(
                    coder.Origin,
                    coder.Name,
                    cascade.Name,
                    "it has another number of buckets than the pass's box head predicts"
                )
            );
            return false;
        }

        var (loss, other) = (LossOf(pass, context), LossOf(first, context));
        if (loss.TypeName != other.TypeName)
        {
            context.Report(
                Problems.PassDoesNotFit(
                    loss.Origin,
                    loss.Name,
                    cascade.Name,
                    $"the logits of all passes are averaged, and the first pass's mean what {other.Name} makes of them"
                )
            );
            return false;
        }

        var unlike = loss.Info.Properties.FirstOrDefault(property =>
            property.ArrangesLogits && loss[property.Name].Display != other[property.Name].Display
        );
        if (unlike is not null)
        {
            context.Report(
                Problems.PassDoesNotFit(
                    loss.Origin,
                    loss.Name,
                    cascade.Name,
                    $"the logits of all passes are averaged, and the first pass's are arranged by {unlike.Name} = {other[unlike.Name].Display}"
                )
            );
            return false;
        }

        return true;
    }

    private static ComponentValue LossOf(CascadePass pass, PlanContext context) => HeadOf(pass, context).Component("ClassificationLoss");

    private static ComponentValue HeadOf(CascadePass pass, PlanContext context) =>
        pass.Stage.IsNull("BoxHead") ? context.Spec.Component("BoxHead") : pass.Stage.Component("BoxHead");

    private static string FormOf(ObjectCode coder) => coder.Type.Substring(coder.Type.LastIndexOf('.') + 1);

    private static List<FieldPlan>? Fields(ComponentValue component, List<CascadePass> passes, MaskHeadPlan? maskHead, PlanContext context)
    {
        if (BoxSamplers.WithoutScores(component, context) is not { } sampler)
        {
            return null;
        }

        var fields = new List<FieldPlan>();
        foreach (var pass in passes)
        {
            var assigner = MaxIouAssigners.At(pass.Stage.Real("Iou"), component.Truth("MatchLowQuality"));
            fields.Add(
                new FieldPlan(
                    $"roiTargets{pass.Index}",
                    ObjectCode.New(
                        TrainingTargets + "RoiTargets",
                        assigner.Construction,
                        sampler.Construction,
                        pass.Coder.Construction,
                        $"classes: {CSharpLiteral.Of(context.Classes)}"
                    ),
                    $"Which regions the losses of pass {pass.Number} see, and their targets."
                )
            );
            if (fields.All(field => field.Name != pass.BoxLoss))
            {
                fields.Add(new FieldPlan(pass.BoxLoss, pass.BoxHead.BoxLoss, "Loss of the positive regions' offsets."));
            }
        }

        if (maskHead is not null)
        {
            fields.Add(new FieldPlan("maskLoss", maskHead.Loss, "Loss of the positive regions' masks."));
        }

        return fields;
    }
}
