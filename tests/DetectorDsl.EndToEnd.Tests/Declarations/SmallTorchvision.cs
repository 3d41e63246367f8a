namespace DetectorDsl.EndToEnd.Tests.Declarations;

/// <summary>Twenty classes with the ids 1 to 20; background is 0 in torchvision's two-stage models.</summary>
[CategorySet("twenty_categories.json")]
public static partial class TwentyClasses;

/// <summary>Twenty-one classes with the ids 0 to 20.</summary>
[CategorySet("twenty_one_categories.json")]
public static partial class TwentyOneClasses;

/// <summary>What the reference cases of torchvision's models have in common: frozen batch norm, images of 128 x 160, samplers that leave nothing out.</summary>
public static class SmallTorchvision
{
    public static Backbone Backbone =>
        new ResNet(Depth: 50) { Norm = new BatchNorm(BatchNormMode.Frozen), InitialWeights = "resnet50.pth" };

    public static Preprocessing Preprocessing =>
        new()
        {
            ShortSide = 128,
            LongSide = 160,
            CutSides = true,
            WholeColours = false,
        };
}

/// <summary>torchvision's Mask R-CNN on 20 classes.</summary>
[Detector, Categories(typeof(TwentyClasses))]
public partial record SmallTorchvisionMaskRcnn : TorchvisionMaskRcnn
{
    public override Backbone Backbone => SmallTorchvision.Backbone;

    public override ProposalHead ProposalHead =>
        (Rpn)base.ProposalHead with
        {
            Sampler = new RandomBoxSampler(100000, 0.5),
            Training = new ProposalSelection(500, 200, MinSize: 1e-3),
            Inference = new ProposalSelection(300, 200, MinSize: 1e-3),
        };

    public override RoiHead RoiHead =>
        (StandardRoiHead)base.RoiHead with
        {
            Sampler = new RandomBoxSampler(100000, 0.25, AddGroundTruth: true),
        };

    public override DetectionSelection Detections => base.Detections with { MaxPerImage = 40 };

    public override Preprocessing Preprocessing => SmallTorchvision.Preprocessing;
}

/// <summary>torchvision's Faster R-CNN on 20 classes.</summary>
[Detector, Categories(typeof(TwentyClasses))]
public partial record SmallTorchvisionFasterRcnn : TorchvisionFasterRcnn
{
    public override Backbone Backbone => SmallTorchvision.Backbone;

    public override ProposalHead ProposalHead =>
        (Rpn)base.ProposalHead with
        {
            Sampler = new RandomBoxSampler(100000, 0.5),
            Training = new ProposalSelection(500, 200, MinSize: 1e-3),
            Inference = new ProposalSelection(300, 200, MinSize: 1e-3),
        };

    public override RoiHead RoiHead =>
        (StandardRoiHead)base.RoiHead with
        {
            Sampler = new RandomBoxSampler(100000, 0.25, AddGroundTruth: true),
        };

    public override DetectionSelection Detections => base.Detections with { MaxPerImage = 40 };

    public override Preprocessing Preprocessing => SmallTorchvision.Preprocessing;
}

/// <summary>torchvision's RetinaNet on 21 classes, with the neck of its second version.</summary>
[Detector, Categories(typeof(TwentyOneClasses))]
public partial record SmallTorchvisionRetinaNet : TorchvisionRetinaNet
{
    public override Backbone Backbone => SmallTorchvision.Backbone;

    public override Neck Neck =>
        new Fpn
        {
            StartLevel = 1,
            ExtraLevels = ExtraLevels.FromBackbone,
            ReluBetweenExtraLevels = true,
        };

    public override Preprocessing Preprocessing => SmallTorchvision.Preprocessing;
}

/// <summary>torchvision's FCOS on 21 classes.</summary>
[Detector, Categories(typeof(TwentyOneClasses))]
public partial record SmallTorchvisionFcos : TorchvisionFcos
{
    public override Backbone Backbone => SmallTorchvision.Backbone;

    public override Preprocessing Preprocessing => SmallTorchvision.Preprocessing;
}
