using DetectorDsl.Generators.Planning.Backbones;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.DenseHeads;
using DetectorDsl.Generators.Planning.Necks;

namespace DetectorDsl.Generators.Planning.Architectures;

/// <summary>Detectors that classify and refine at every location at once (RetinaNet, FCOS).</summary>
internal sealed class OneStagePlanner : ArchitecturePlanner
{
    protected override string Declaration => "DetectorDsl.OneStageDetector";

    public override ArchitecturePlan? Plan(BackbonePlan backbone, NeckPlan neck, PlanContext context)
    {
        if (
            CalibrationPlanner.IsAskedForInVain(context)
            || DenseHeadPlanner.Plan(neck.Pyramid, context) is not { } head
            || !AreDistinct(head.Terms, context.Spec.Component("DenseHead").Component("ClassificationLoss"), context)
        )
        {
            return null;
        }

        var model = new OneStageModelFile(
            context.Names,
            backbone.Part.Code,
            neck.Part.Code,
            head.Part.Code,
            backbone.InitialWeights,
            context.Value("Detections", "ScoreThreshold"),
            context.Value("Detections", "NmsIou"),
            context.Value("Detections", "MaxPerImage")
        );
        return new ArchitecturePlan([head.Part], model, head.Forward, head.Terms, head.InformedLosses, HasMasks: false, Regions: null);
    }
}
