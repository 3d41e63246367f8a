namespace DetectorDsl;

/// <summary>Parts in torchvision's form, shared by its models here.</summary>
/// <remarks>Source: torchvision, models/detection (rpn.py, roi_heads.py, _utils.py, anchor_utils.py), as of version 0.14.</remarks>
internal static class TorchvisionParts
{
    /// <summary>How torchvision's detectors prepare images: sides cut to whole pixels, colours not rounded.</summary>
    public static Preprocessing Preprocessing => new() { CutSides = true, WholeColours = false };

    /// <summary>
    /// ResNet-50 with frozen batch norm, whose epsilon is 0, as the published COCO weights run; stem and first stage frozen.
    /// </summary>
    public static ResNet FrozenBackbone => Backbone with { Norm = new BatchNorm(BatchNormMode.Frozen, Epsilon: 0) };

    /// <summary>ResNet-50 with batch norm; stem and first stage frozen; training begins with torchvision's ImageNet weights.</summary>
    public static ResNet Backbone => new(Depth: 50) { FrozenStages = 1, InitialWeights = "resnet50-0676ba61.pth" };

    /// <summary>The second versions' pyramid: batch norm after each convolution.</summary>
    public static Fpn NormalizedFpn => new() { Norm = new BatchNorm() };

    /// <summary>The second versions' region proposal network: two convolutions.</summary>
    public static Rpn DeeperProposalHead => ProposalHead with { Layers = 2 };

    /// <summary>The second versions' box branch: four convolutions with batch norm, one layer of 1,024.</summary>
    public static FullyConnectedBoxHead ConvolutionBoxHead => BoxHead with { Convolutions = 4, Norm = new BatchNorm(), Layers = 1 };

    /// <summary>Region proposal network: anchors at whole pixels, smooth L1, 2,000 proposals in training and 1,000 at inference.</summary>
    public static Rpn ProposalHead =>
        new()
        {
            Anchors = new AnchorGrid
            {
                WholePixels = true,
                FittedStrides = true,
                InPadding = true,
            },
            ExactDivisor = true,
            Assigner = new MaxIouAssigner(0.7, 0.3, 0.0) { BoxesKeepNearest = true },
            BoxCoder = new DeltaBoxCoder { LimitShrinking = false },
            BoxLoss = new SmoothL1Loss(Beta: 1.0 / 9),
            Training = new ProposalSelection(2000, 2000, MinSize: 1e-3),
            Inference = new ProposalSelection(1000, 1000, MinSize: 1e-3),
        };

    /// <summary>Second stage: positive from IoU 0.5, no low-quality matching, 512 regions per image.</summary>
    public static StandardRoiHead RoiHead => new() { Assigner = new MaxIouAssigner(0.5, 0.5, 0.5, MatchLowQuality: false) };

    /// <summary>RoIAlign for boxes: 7 x 7 cells of 2 x 2 samples, not shifted.</summary>
    public static RoiAlign BoxFeatures => new(7) { SamplingRatio = 2, Aligned = false };

    /// <summary>RoIAlign for masks: 14 x 14 cells of 2 x 2 samples, not shifted.</summary>
    public static RoiAlign MaskFeatures => new(14) { SamplingRatio = 2, Aligned = false };

    /// <summary>Box branch: two layers of 1,024, cross-entropy, smooth L1.</summary>
    public static FullyConnectedBoxHead BoxHead =>
        new()
        {
            BoxCoder = new DeltaBoxCoder(0.1, 0.2) { LimitShrinking = false },
            BoxLoss = new SmoothL1Loss(Beta: 1.0 / 9),
        };

    /// <summary>Mask branch: targets not shifted and not rounded.</summary>
    public static FcnMaskHead MaskHead => new() { Targets = new MaskTargets(Aligned: false, Binary: false) };

    /// <summary>RetinaNet's head: anchors at whole pixels, losses divided image by image.</summary>
    public static RetinaHead RetinaHead =>
        new()
        {
            Anchors = new AnchorGrid
            {
                Scales = [4, 5.039684199579493, 6.3496042078727974],
                WholePixels = true,
                FittedStrides = true,
                InPadding = true,
            },
            Assigner = new MaxIouAssigner(0.5, 0.4, 0.0) { BoxesKeepNearest = true },
            BoxCoder = new DeltaBoxCoder { LimitShrinking = false },
            NormalizePerImage = true,
        };

    /// <summary>Detections of two-stage models: the best 100, none smaller than 0.01 pixels, masks pasted to whole pixels.</summary>
    public static DetectionSelection Detections => new() { MinSize = 0.01, MaskPasting = MaskPasting.ToWholePixels };
}
