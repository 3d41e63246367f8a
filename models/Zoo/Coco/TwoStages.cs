using DetectorDsl;

namespace Zoo;

/// <summary>Faster R-CNN.</summary>
[Detector]
public partial record FasterRcnnR50Fpn : CocoFasterRcnn;

/// <summary>Faster R-CNN of 101 layers.</summary>
[Detector]
public partial record FasterRcnnR101Fpn : FasterRcnnR50Fpn
{
    public override Backbone Backbone => Parts.Resnet101;
}

/// <summary>Mask R-CNN.</summary>
[Detector]
public partial record MaskRcnnR50Fpn : CocoMaskRcnn;

/// <summary>Mask R-CNN of 101 layers.</summary>
[Detector]
public partial record MaskRcnnR101Fpn : MaskRcnnR50Fpn
{
    public override Backbone Backbone => Parts.Resnet101;
}
