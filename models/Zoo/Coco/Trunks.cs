using DetectorDsl;

namespace Zoo;

/// <summary>Faster R-CNN on a ResNeXt of 101 layers.</summary>
[Detector]
public partial record FasterRcnnX101Fpn : FasterRcnnR50Fpn
{
    public override Backbone Backbone => Parts.Resnext101;
}

/// <summary>Mask R-CNN on a ResNeXt of 101 layers.</summary>
[Detector]
public partial record MaskRcnnX101Fpn : MaskRcnnR50Fpn
{
    public override Backbone Backbone => Parts.Resnext101;
}

/// <summary>Faster R-CNN, deformable convolutions in stages C3 to C5.</summary>
[Detector]
public partial record FasterRcnnR50FpnDcn : FasterRcnnR50Fpn
{
    public override Backbone Backbone => Parts.Resnet50 with { Deformable = new DeformableConvolution(Modulated: false) };
}

/// <summary>Faster R-CNN, modulated deformable convolutions in stages C3 to C5.</summary>
[Detector]
public partial record FasterRcnnR50FpnDcnV2 : FasterRcnnR50Fpn
{
    public override Backbone Backbone => Parts.Resnet50 with { Deformable = new DeformableConvolution() };
}
