using DetectorDsl;

namespace Zoo;

/// <summary>Faster R-CNN with side-aware boundary localization.</summary>
[Detector]
public partial record SablFasterRcnnR50Fpn : CocoFasterRcnn
{
    public override BoxHead BoxHead => Parts.SideAwareBoxHead;
}

/// <summary>Faster R-CNN of 101 layers with side-aware boundary localization.</summary>
[Detector]
public partial record SablFasterRcnnR101Fpn : SablFasterRcnnR50Fpn
{
    public override Backbone Backbone => Parts.Resnet101;
}

/// <summary>Cascade R-CNN with side-aware boundary localization.</summary>
[Detector]
public partial record SablCascadeRcnnR50Fpn : CocoCascadeRcnn
{
    public override RoiHead RoiHead =>
        Parts.Cascade with
        {
            Stages =
            [
                new(0.5, new BucketBoxCoder(Scale: 1.7)),
                new(0.6, new BucketBoxCoder(Scale: 1.5), LossWeight: 0.5),
                new(0.7, new BucketBoxCoder(Scale: 1.3), LossWeight: 0.25),
            ],
        };

    public override BoxHead BoxHead => Parts.SideAwareBoxHead;
}

/// <summary>Cascade R-CNN of 101 layers with side-aware boundary localization.</summary>
[Detector]
public partial record SablCascadeRcnnR101Fpn : SablCascadeRcnnR50Fpn
{
    public override Backbone Backbone => Parts.Resnet101;
}
