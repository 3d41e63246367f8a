using DetectorDsl;

namespace Zoo;

/// <summary>Cascade R-CNN on COCO by mmdetection's recipe: ResNet-50, 12 epochs, one scale.</summary>
[Detector, Categories(typeof(Coco))]
public abstract partial record CocoCascadeRcnn : CascadeRcnn
{
    public override Backbone Backbone => Parts.Resnet50;

    public override Neck Neck => Parts.Fpn;

    public override ProposalHead ProposalHead => Parts.CascadeRpn;

    public override RoiHead RoiHead => Parts.Cascade;

    public override BoxHead BoxHead => Parts.BoxHead with { BoxLoss = new SmoothL1Loss() };

    public override DetectionSelection Detections => Parts.CocoDetections;

    public override Preprocessing Preprocessing => Parts.Preprocessing;

    public override ValueList<Augmentation> Augmentations => Parts.OneScale;

    public override Optimizer Optimizer => Parts.Optimizer;

    public override Schedule Schedule => Parts.Schedule1x;

    public override TrainingPlan Training => Parts.Training1x;
}

/// <summary>Cascade Mask R-CNN on COCO by mmdetection's recipe: ResNet-50, 12 epochs, one scale.</summary>
[Detector, Categories(typeof(Coco))]
public abstract partial record CocoCascadeMaskRcnn : CascadeMaskRcnn
{
    public override Backbone Backbone => Parts.Resnet50;

    public override Neck Neck => Parts.Fpn;

    public override ProposalHead ProposalHead => Parts.CascadeRpn;

    public override RoiHead RoiHead => Parts.Cascade;

    public override BoxHead BoxHead => Parts.BoxHead with { BoxLoss = new SmoothL1Loss() };

    public override MaskHead MaskHead => Parts.MaskHead;

    public override DetectionSelection Detections => Parts.CocoDetections;

    public override Preprocessing Preprocessing => Parts.Preprocessing;

    public override ValueList<Augmentation> Augmentations => Parts.OneScale;

    public override Optimizer Optimizer => Parts.Optimizer;

    public override Schedule Schedule => Parts.Schedule1x;

    public override TrainingPlan Training => Parts.Training1x;
}
