using DetectorDsl.Generators.Planning.Backbones;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Necks;
using DetectorDsl.Generators.Planning.Proposals;
using DetectorDsl.Generators.Planning.RoiHeads;
using DetectorDsl.Generators.Primitives;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.Architectures;

/// <summary>Detectors that propose regions, then classify, refine and segment them (Faster R-CNN, Mask R-CNN and cascades of them).</summary>
internal sealed class TwoStagePlanner : ArchitecturePlanner
{
    protected override string Declaration => "DetectorDsl.FasterRcnn";

    public override ArchitecturePlan? Plan(BackbonePlan backbone, NeckPlan neck, PlanContext context)
    {
        if (
            ProposalPlanner.Of(neck.Pyramid, context) is not { } proposals
            || RoiHeadPlanner.Of(new RoiHeadPlace(neck.Pyramid, backbone.Levels[backbone.Levels.Count - 1].Stride, proposals), context)
                is not { } roiHead
            || !AreDistinct(roiHead.Terms, context.Spec.Component("BoxHead").Component("ClassificationLoss"), context)
        )
        {
            return null;
        }

        var model = new TwoStageModelFile(
            context.Names,
            backbone.Part.Code,
            neck.Part.Code,
            proposals.Part.Code,
            backbone.InitialWeights,
            roiHead.Features,
            roiHead.Pyramid,
            context.Value("Detections", "ScoreThreshold"),
            context.Value("Detections", "NmsIou"),
            context.Value("Detections", "MaxPerImage"),
            context.Value("Detections", "MinSize"),
            roiHead.HasMasks,
            context.Value("Detections", "MaskThreshold"),
            MaskPaster(context.Spec.Component("Detections").Choice("MaskPasting"))
        );
        PartPlan[] heads = [proposals.Part, .. roiHead.Parts];
        var selection = context.Spec.Component("ProposalHead").Component("Inference");
        var regions = new MergedRegions(
            context.Value("TestTimeAugmentation", "TestScales"),
            context.Value("TestTimeAugmentation", "TestFlip"),
            ValueCode.Of(selection["NmsIou"]),
            ValueCode.Of(selection["MaxPerImage"])
        );
        return new ArchitecturePlan(
            heads.ToEquatableArray(),
            model,
            roiHead.Forward,
            roiHead.Terms,
            roiHead.InformedLosses,
            roiHead.HasMasks,
            regions
        );
    }

    private static string MaskPaster(string form) => $"{Operators}MaskPasting.{(form == "ToWholePixels" ? "PasteWidened" : "Paste")}";
}
