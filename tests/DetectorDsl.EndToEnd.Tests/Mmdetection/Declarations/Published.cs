namespace DetectorDsl.EndToEnd.Tests.Mmdetection;

/// <summary>The classes of the fixtures.</summary>
[CategorySet("five_categories.json")]
public static partial class FiveClasses;

/// <summary>What the fixtures' detectors have in common: small widths, fixed statistics, samplers that leave nothing out.</summary>
public static class Published
{
    public static ResNet Backbone =>
        new(Depth: 18)
        {
            BaseChannels = 8,
            Norm = new BatchNorm(BatchNormMode.Evaluate),
            InitialWeights = "resnet18.pth",
        };

    public static Fpn Neck => new(Channels: 16);

    public static AnchorGrid Anchors => new() { Scales = [6], Ratios = [0.25, 1, 4] };

    public static BoxSampler AllAnchors => new RandomBoxSampler(100000, 0.5);

    public static BoxSampler AllProposals => new RandomBoxSampler(100000, 0.5, AddGroundTruth: true);

    public static ProposalSelection Training => new(1000, 500);

    public static ProposalSelection Inference => new(300, 60);

    public static RoiAlign BoxFeatures => new(OutputSize: 7) { FinestScale = 28 };

    public static RoiAlign MaskFeatures => new(OutputSize: 14) { FinestScale = 28 };

    public static FcnMaskHead MaskHead => new FcnMaskHead { Layers = 2, Channels = 16 };

    public static DetectionSelection Detections => new(MaxPerImage: 20);
}
