namespace DetectorDsl.EndToEnd.Tests.Declarations;

/// <summary>Four classes with the ids 1 to 4; background is 0 in torchvision's two-stage models.</summary>
[CategorySet("four_categories.json")]
public static partial class FourClasses;

/// <summary>Four classes with the ids 0 to 3.</summary>
[CategorySet("four_categories_from_0.json")]
public static partial class FourClassesFrom0;

/// <summary>torchvision's Mask R-CNN on a narrow ResNet-18, with a pyramid of 64 channels, images of 96 pixels and 20 detections, as those below; all else is its preset's.</summary>
[Detector, Categories(typeof(FourClasses))]
public partial record NarrowMaskRcnn : TorchvisionMaskRcnn
{
    public override Backbone Backbone => (ResNet)base.Backbone with { Depth = 18, BaseChannels = 8 };

    public override Neck Neck => (Fpn)base.Neck with { Channels = 64 };

    public override ProposalHead ProposalHead => (Rpn)base.ProposalHead with { Inference = new ProposalSelection(200, 60, MinSize: 1e-3) };

    public override BoxHead BoxHead => (FullyConnectedBoxHead)base.BoxHead with { Width = 64 };

    public override MaskHead MaskHead => (FcnMaskHead)base.MaskHead with { Channels = 64 };

    public override DetectionSelection Detections => base.Detections with { MaxPerImage = 20 };

    public override Preprocessing Preprocessing => base.Preprocessing with { ShortSide = 96, LongSide = 160 };
}

/// <summary>torchvision's second Mask R-CNN.</summary>
[Detector, Categories(typeof(FourClasses))]
public partial record NarrowMaskRcnnV2 : TorchvisionMaskRcnnV2
{
    public override Backbone Backbone => (ResNet)base.Backbone with { Depth = 18, BaseChannels = 8 };

    public override Neck Neck => (Fpn)base.Neck with { Channels = 64 };

    public override ProposalHead ProposalHead => (Rpn)base.ProposalHead with { Inference = new ProposalSelection(200, 60, MinSize: 1e-3) };

    public override BoxHead BoxHead => (FullyConnectedBoxHead)base.BoxHead with { Width = 64, Channels = 64 };

    public override MaskHead MaskHead => (FcnMaskHead)base.MaskHead with { Channels = 64 };

    public override DetectionSelection Detections => base.Detections with { MaxPerImage = 20 };

    public override Preprocessing Preprocessing => base.Preprocessing with { ShortSide = 96, LongSide = 160 };
}

/// <summary>torchvision's RetinaNet.</summary>
[Detector, Categories(typeof(FourClassesFrom0))]
public partial record NarrowRetinaNet : TorchvisionRetinaNet
{
    public override Backbone Backbone => (ResNet)base.Backbone with { Depth = 18, BaseChannels = 8 };

    public override Neck Neck => (Fpn)base.Neck with { Channels = 64 };

    public override DetectionSelection Detections => base.Detections with { MaxPerImage = 20 };

    public override Preprocessing Preprocessing => base.Preprocessing with { ShortSide = 96, LongSide = 160 };
}

/// <summary>torchvision's second RetinaNet, its pyramid of 32 channels, its towers in 8 groups.</summary>
[Detector, Categories(typeof(FourClassesFrom0))]
public partial record NarrowRetinaNetV2 : TorchvisionRetinaNetV2
{
    public override Backbone Backbone => (ResNet)base.Backbone with { Depth = 18, BaseChannels = 8 };

    public override Neck Neck => (Fpn)base.Neck with { Channels = 32 };

    public override DenseHead DenseHead => (RetinaHead)base.DenseHead with { NormGroups = 8 };

    public override DetectionSelection Detections => base.Detections with { MaxPerImage = 20 };

    public override Preprocessing Preprocessing => base.Preprocessing with { ShortSide = 96, LongSide = 160 };
}

/// <summary>torchvision's FCOS.</summary>
[Detector, Categories(typeof(FourClassesFrom0))]
public partial record NarrowFcos : TorchvisionFcos
{
    public override Backbone Backbone => (ResNet)base.Backbone with { Depth = 18, BaseChannels = 8 };

    public override Neck Neck => (Fpn)base.Neck with { Channels = 64 };

    public override DetectionSelection Detections => base.Detections with { MaxPerImage = 20 };

    public override Preprocessing Preprocessing => base.Preprocessing with { ShortSide = 96, LongSide = 160 };
}
