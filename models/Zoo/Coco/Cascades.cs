using DetectorDsl;

namespace Zoo;

/// <summary>Cascade R-CNN.</summary>
[Detector]
public partial record CascadeRcnnR50Fpn : CocoCascadeRcnn;

/// <summary>Cascade R-CNN of 101 layers.</summary>
[Detector]
public partial record CascadeRcnnR101Fpn : CascadeRcnnR50Fpn
{
    public override Backbone Backbone => Parts.Resnet101;
}

/// <summary>Cascade Mask R-CNN.</summary>
[Detector]
public partial record CascadeMaskRcnnR50Fpn : CocoCascadeMaskRcnn;

/// <summary>Cascade Mask R-CNN of 101 layers.</summary>
[Detector]
public partial record CascadeMaskRcnnR101Fpn : CascadeMaskRcnnR50Fpn
{
    public override Backbone Backbone => Parts.Resnet101;
}
