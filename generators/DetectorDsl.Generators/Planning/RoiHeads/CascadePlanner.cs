using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>Several passes over the regions, each with heads of its own (Cascade R-CNN, Cascade Mask R-CNN).</summary>
internal sealed class CascadePlanner : RoiHeadPlanner
{
    protected override string Component => "DetectorDsl.Cascade";

    protected override RoiHeadPlan? Plan(ComponentValue component, RoiHeadPlace place, PlanContext context)
    {
        if (place.Features("BoxFeatures", context) is not { } boxFeatures || Passes(component, boxFeatures, place, context) is not { } passes)
        {
            return null;
        }

        MaskHeadPlan? maskHead = null;
        if (context.Spec.Has("MaskHead"))
        {
            var all = new HeadPlace("", [.. passes.Select(static pass => (int?)pass.Index)], Agnostic: false);
            maskHead = place.Features("MaskFeatures", context) is { } maskFeatures ? MaskHeadPlanner.Plan(maskFeatures, all, context) : null;
            if (maskHead is null)
            {
                return null;
            }
        }

        var last = passes[passes.Count - 1];
        if (Fields(component, passes, maskHead, context) is not { } fields || CalibrationPlanner.Scores($"BoxHead{last.Index}.ClassificationLoss.Scores(logits)", context) is not { } scores)
        {
            return null;
        }

        var forward = new CascadeForwardFile(
            context.Names,
            place.Proposals.TrainingFields.Concat(fields).ToEquatableArray(),
            place.Proposals.ForwardPartial,
            passes.Select(pass => Step(pass, last)).ToEquatableArray(),
            boxFeatures.Shape,
            maskHead?.Targets,
            maskHead?.LogitShape,
            place.Proposals.Terms.Select(static term => term.Field).Concat(passes.SelectMany(pass => pass.Weighted(TermsOf(pass)))).ToEquatableArray());
        var holder = new CascadeRoiHeadFile(context.Names, boxFeatures.Code, passes.Select(pass => Inference(pass, last)).ToEquatableArray(), scores, maskHead?.Features.Code, maskHead?.Part.Code);
        PartPlan[] parts = [.. passes.Select(static pass => pass.BoxHead.Part).Distinct(), .. maskHead is null ? Array.Empty<PartPlan>() : [maskHead.Part], Holder(holder)];
        return new RoiHeadPlan(
            parts.ToEquatableArray(),
            forward,
            place.Proposals.Terms.Concat(passes.SelectMany(TermsOf)).ToEquatableArray(),
            passes.SelectMany(static pass => pass.BoxHead.Classification.Informed($"Model.RoiHead.BoxHead{pass.Index}.ClassificationLoss")).ToEquatableArray(),
            maskHead is not null);

        IEnumerable<LossTerm> TermsOf(CascadePass pass) => pass.Terms(Terms(pass.BoxHead, maskHead));
    }

    private static List<CascadePass>? Passes(ComponentValue component, RoiFeatures features, RoiHeadPlace place, PlanContext context)
    {
        var stages = component.List("Stages").Select(static (stage, index) => (Stage: (ComponentValue)stage, Index: index)).ToList();
        var regions = place.Proposals.InferenceRegions;
        int?[] shared = [.. stages.Where(static item => item.Stage.IsNull("BoxHead")).Select(static item => (int?)item.Index)];
        var template = shared.Length > 0 ? BoxHeadPlanner.Of(context.Spec.Component("BoxHead"), features, regions, new HeadPlace("", shared, Agnostic: true), context) : null;
        if (template is null && shared.Length > 0)
        {
            return null;
        }

        var passes = new List<CascadePass>();
        foreach (var (stage, index) in stages)
        {
            var head = stage.IsNull("BoxHead")
                ? template
                : BoxHeadPlanner.Of(stage.Component("BoxHead"), features, regions, new HeadPlace(CSharpLiteral.Of(index), [index], Agnostic: true), context);
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
            context.Report(Problems.PassDoesNotFit(coder.Origin, coder.Name, cascade.Name, $"the pass's box head predicts boxes in the form of {Form(pass.BoxHead.Coder)}"));
            return false;
        }

        var (loss, other) = (LossOf(pass, context), LossOf(first, context));
        if (loss.TypeName != other.TypeName)
        {
            context.Report(Problems.PassDoesNotFit(loss.Origin, loss.Name, cascade.Name, $"the logits of all passes are averaged, and the first pass's mean what {other.Name} makes of them"));
            return false;
        }

        return true;
    }

    private static ComponentValue LossOf(CascadePass pass, PlanContext context) =>
        (pass.Stage.IsNull("BoxHead") ? context.Spec.Component("BoxHead") : pass.Stage.Component("BoxHead")).Component("ClassificationLoss");

    private static string Form(ObjectCode coder) => coder.Type.Substring(coder.Type.LastIndexOf('.') + 1);

    private static List<FieldPlan>? Fields(ComponentValue component, List<CascadePass> passes, MaskHeadPlan? maskHead, PlanContext context)
    {
        if (context.Make(component.Component("Sampler"), Surroundings.None) is not { } sampler)
        {
            return null;
        }

        var fields = new List<FieldPlan>();
        foreach (var pass in passes)
        {
            var iou = CSharpLiteral.Of(pass.Stage.Real("Iou"));
            var assigner = ObjectCode.New(Heads + "MaxIouAssigner", $"positiveIou: {iou}", $"negativeIou: {iou}", $"minPositiveIou: {iou}", "matchLowQuality: false");
            fields.Add(new FieldPlan(
                $"roiTargets{pass.Index}",
                ObjectCode.New(Heads + "RoiTargets", assigner.Construction, sampler.Construction, pass.Coder.Construction, $"classes: {CSharpLiteral.Of(context.Classes)}"),
                $"Which regions the losses of pass {pass.Number} see, and their targets."));
            if (fields.All(field => field.Name != BoxLoss(pass)))
            {
                fields.Add(new FieldPlan(BoxLoss(pass), pass.BoxHead.BoxLoss, "Loss of the positive regions' offsets."));
            }
        }

        if (maskHead is not null)
        {
            fields.Add(new FieldPlan("maskLoss", maskHead.Loss, "Loss of the positive regions' masks."));
        }

        return fields;
    }

    private static string BoxLoss(CascadePass pass) => pass.Stage.IsNull("BoxHead") ? "boxLoss" : $"boxLoss{pass.Index}";

    private static CascadeStep Step(CascadePass pass, CascadePass last) => new(
        pass.Index,
        pass.Number,
        pass.Regions("proposals", "proposals"),
        pass.Index == 0 ? "stepSeed" : $"stepSeed + {pass.Index}",
        pass.BoxHead.ResultShapes,
        pass.Terms(LossTerm.OfClasses(pass.BoxHead.Classification.Terms, "sampled regions")),
        pass.BoxHead.Classification.Arguments($"logits{pass.Index}, regions{pass.Index}.Labels, null, regions{pass.Index}.Count", $"regions{pass.Index}"),
        pass.Terms(pass.BoxHead.BoxTerms),
        BoxLoss(pass),
        pass.BoxHead.PositiveOffsets($"offsets{pass.Index}", $"regions{pass.Index}"),
        pass.RefiningScores($"Model.RoiHead.BoxHead{pass.Index}"),
        pass == last ? null : $"proposals{pass.Index + 1}");

    private static CascadeHeads Inference(CascadePass pass, CascadePass last) => new(
        pass.Index,
        pass.Number,
        pass.BoxHead.Part.Code,
        pass.Coder.Construction,
        pass.Regions("proposals", "regions"),
        pass.RefiningScores($"BoxHead{pass.Index}"),
        pass == last ? null : $"regions{pass.Index + 1}");
}
