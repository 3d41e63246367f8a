using DetectorDsl;

namespace Zoo;

/// <summary>Faster R-CNN on COCO by mmdetection's recipe: ResNet-50, 12 epochs, one scale.</summary>
[Detector, Categories(typeof(Coco))]
public abstract partial record CocoFasterRcnn : FasterRcnn
{
    public override Backbone Backbone => Parts.Resnet50;

    public override Neck Neck => Parts.Fpn;

    public override ProposalHead ProposalHead => Parts.Rpn;

    public override RoiHead RoiHead => Parts.RoiHead;

    public override BoxHead BoxHead => Parts.BoxHead;

    public override DetectionSelection Detections => Parts.CocoDetections;

    public override Preprocessing Preprocessing => Parts.Preprocessing;

    public override ValueList<Augmentation> Augmentations => Parts.OneScale;

    public override Optimizer Optimizer => Parts.Optimizer;

    public override Schedule Schedule => Parts.Schedule1x;

    public override TrainingPlan Training => Parts.Training1x;
}

/// <summary>Mask R-CNN on COCO by mmdetection's recipe: ResNet-50, 12 epochs, one scale.</summary>
[Detector, Categories(typeof(Coco))]
public abstract partial record CocoMaskRcnn : MaskRcnn
{
    public override Backbone Backbone => Parts.Resnet50;

    public override Neck Neck => Parts.Fpn;

    public override ProposalHead ProposalHead => Parts.Rpn;

    public override RoiHead RoiHead => Parts.RoiHead;

    public override BoxHead BoxHead => Parts.BoxHead;

    public override MaskHead MaskHead => Parts.MaskHead;

    public override DetectionSelection Detections => Parts.CocoDetections;

    public override Preprocessing Preprocessing => Parts.Preprocessing;

    public override ValueList<Augmentation> Augmentations => Parts.OneScale;

    public override Optimizer Optimizer => Parts.Optimizer;

    public override Schedule Schedule => Parts.Schedule1x;

    public override TrainingPlan Training => Parts.Training1x;
}

/// <summary>A one-stage detector on COCO by mmdetection's recipe: ResNet-50, 12 epochs, one scale.</summary>
[Detector, Categories(typeof(Coco))]
public abstract partial record CocoOneStage : OneStageDetector
{
    public override Backbone Backbone => Parts.Resnet50;

    public override Neck Neck => Parts.DenseFpn;

    public override DetectionSelection Detections => Parts.CocoDetections;

    public override Preprocessing Preprocessing => Parts.Preprocessing;

    public override ValueList<Augmentation> Augmentations => Parts.OneScale;

    public override Optimizer Optimizer => Parts.DenseOptimizer;

    public override Schedule Schedule => Parts.Schedule1x;

    public override TrainingPlan Training => Parts.Training1x;
}
