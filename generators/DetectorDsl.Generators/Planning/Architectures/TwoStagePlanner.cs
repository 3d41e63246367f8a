using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Planning.Backbones;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Necks;
using DetectorDsl.Generators.Planning.Proposals;
using DetectorDsl.Generators.Planning.RoiHeads;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.Architectures;

/// <summary>Detectors that propose regions, then classify, refine and segment them (Faster R-CNN, Mask R-CNN).</summary>
internal sealed class TwoStagePlanner : ArchitecturePlanner
{
    protected override string Declaration => "DetectorDsl.FasterRcnn";

    public override ArchitecturePlan? Plan(BackbonePlan backbone, NeckPlan neck, PlanContext context)
    {
        var coarsest = backbone.Levels[backbone.Levels.Count - 1].Stride;
        if (RpnPlanner.Plan(neck.Pyramid, context) is not { } proposals
            || Features("BoxFeatures") is not { } boxFeatures
            || BoxHeadPlanner.Plan(boxFeatures, proposals.InferenceRegions, context) is not { } boxHead)
        {
            return null;
        }

        MaskHeadPlan? maskHead = null;
        if (context.Spec.Has("MaskHead"))
        {
            var detections = context.Spec.Component("Detections").Integer("MaxPerImage");
            maskHead = Features("MaskFeatures") is { } maskFeatures ? MaskHeadPlanner.Plan(maskFeatures, detections, context) : null;
            if (maskHead is null)
            {
                return null;
            }
        }

        var terms = Terms(boxHead, maskHead).ToEquatableArray();
        if (!AreDistinct(terms, context.Spec.Component("BoxHead").Component("ClassificationLoss"), context) || Fields(proposals, boxHead, maskHead, context) is not { } fields)
        {
            return null;
        }

        if (CalibrationPlanner.Scores("RoiHead.BoxHead.ClassificationLoss.Scores(logits)", context) is not { } scores)
        {
            return null;
        }

        var model = new TwoStageModelFile(
            context.Names,
            backbone.Part.Code,
            neck.Part.Code,
            proposals.Part.Code,
            boxFeatures.Code,
            boxHead.Part.Code,
            maskHead?.Features.Code,
            maskHead?.Part.Code,
            backbone.InitialWeights,
            context.Value("Detections", "ScoreThreshold"),
            context.Value("Detections", "NmsIou"),
            context.Value("Detections", "MaxPerImage"),
            context.Value("Detections", "MinSize"),
            scores,
            context.Value("Detections", "MaskThreshold"),
            MaskPaster(context.Spec.Component("Detections").Choice("MaskPasting")));
        var forward = new TwoStageForwardFile(
            context.Names,
            fields,
            boxHead.Classification.Terms,
            boxHead.Classification.Arguments("logits, regions.Labels, null, regions.Count"),
            terms,
            boxFeatures.Shape,
            boxHead.ResultShapes,
            maskHead?.Targets,
            maskHead?.LogitShape);
        PartPlan[] heads = [proposals.Part, boxHead.Part, .. maskHead is null ? Array.Empty<PartPlan>() : [maskHead.Part]];
        return new ArchitecturePlan(heads.ToEquatableArray(), model, forward, terms, ["RoiHead"], boxHead.Classification.Informed("Model.RoiHead.BoxHead.ClassificationLoss"), maskHead is not null);

        RoiFeatures? Features(string slot) => RoiAlignPlanner.Plan(context.Spec.Component(slot), neck.Pyramid, coarsest, context);
    }

    private static EquatableArray<FieldPlan>? Fields(ProposalPlan proposals, BoxHeadPlan boxHead, MaskHeadPlan? maskHead, PlanContext context)
    {
        var roiHead = context.Spec.Component("RoiHead");
        if (!roiHead.Info.Is("DetectorDsl.StandardRoiHead"))
        {
            context.Report(Problems.ComponentNotUsable(roiHead.Origin, roiHead.Name, "second stages of one's own are not supported; derive from StandardRoiHead"));
            return null;
        }

        var assigner = context.Make(roiHead.Component("Assigner"), Surroundings.None);
        var sampler = context.Make(roiHead.Component("Sampler"), Surroundings.None);
        if (assigner is null || sampler is null)
        {
            return null;
        }

        var fields = proposals.TrainingFields.ToList();
        fields.Add(new FieldPlan("roiTargets", ObjectCode.New(Heads + "RoiTargets", assigner.Construction, sampler.Construction, boxHead.Coder.Construction, $"classes: {CSharpLiteral.Of(context.Classes)}"), "Which regions the second stage's losses see, and their targets."));
        fields.Add(new FieldPlan("boxLoss", boxHead.BoxLoss, "Loss of the positive regions' offsets."));
        if (maskHead is not null)
        {
            fields.Add(new FieldPlan("maskLoss", maskHead.Loss, "Loss of the positive regions' masks."));
        }

        return fields.ToEquatableArray();
    }

    private static string MaskPaster(string form) => $"{Operators}MaskPasting.{(form == "ToWholePixels" ? "PasteWidened" : "Paste")}";

    private static List<LossTerm> Terms(BoxHeadPlan boxHead, MaskHeadPlan? maskHead)
    {
        List<LossTerm> terms =
        [
            new("loss_rpn_cls", "Objectness of the sampled anchors."),
            new("loss_rpn_bbox", "Offsets of the positive anchors."),
            .. LossTerm.OfClasses(boxHead.Classification.Terms, "sampled regions"),
            new("loss_bbox", "Offsets of the positive regions."),
        ];
        if (maskHead is not null)
        {
            terms.Add(new LossTerm("loss_mask", "Masks of the positive regions."));
        }

        return terms;
    }
}
