using DetectorDsl;

namespace Zoo;

/// <summary>RetinaNet.</summary>
[Detector]
public partial record RetinaNetR50FpnFocalRfs : LvisRetinaNet
{
    public override ImageSampler TrainSampler => Parts.Rfs;
}

/// <summary>RetinaNet with Equalized Focal Loss.</summary>
[Detector]
public partial record RetinaNetR50FpnEqualizedFocalRfs : RetinaNetR50FpnFocalRfs
{
    public override DenseHead DenseHead => base.DenseHead with { ClassificationLoss = new EqualizedFocalLoss() };
}

/// <summary>RetinaNet of 101 layers with Equalized Focal Loss.</summary>
[Detector]
public partial record RetinaNetR101FpnEqualizedFocalRfs : RetinaNetR50FpnEqualizedFocalRfs
{
    public override Backbone Backbone => Parts.Resnet101;
}
