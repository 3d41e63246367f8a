using DetectorDsl;

namespace Zoo;

/// <summary>RetinaNet.</summary>
[Detector]
public partial record RetinaNetR50Fpn : CocoOneStage
{
    public override DenseHead DenseHead => Parts.RetinaHead;
}

/// <summary>RetinaNet of 101 layers.</summary>
[Detector]
public partial record RetinaNetR101Fpn : RetinaNetR50Fpn
{
    public override Backbone Backbone => Parts.Resnet101;
}

/// <summary>FCOS with group normalisation in its towers.</summary>
[Detector]
public partial record FcosR50Fpn : CocoOneStage
{
    public override Neck Neck => Parts.DenseFpn with { ExtraLevels = ExtraLevels.FromPyramid, ReluBetweenExtraLevels = true };

    public override DenseHead DenseHead => Parts.FcosHead;

    public override Optimizer Optimizer => Parts.FcosOptimizer;

    public override Schedule Schedule => Parts.FcosSchedule1x;

    public override TrainingPlan Training => Parts.Training1x with { ClipNorm = 35 };
}

/// <summary>FCOS of 101 layers.</summary>
[Detector]
public partial record FcosR101Fpn : FcosR50Fpn
{
    public override Backbone Backbone => Parts.Resnet101;
}
