namespace DetectorDsl;

/// <summary>What Libra R-CNN's two-stage detectors have in common.</summary>
/// <remarks>Source: mmdetection, configs/libra_rcnn.</remarks>
internal static class LibraParts
{
    /// <summary>Negatives of the first stage: at most five for a positive.</summary>
    public static Rpn ProposalHead => new() { Sampler = new RandomBoxSampler(256, 0.5, NegativesPerPositive: 5) };

    /// <summary>Regions spread over objects and over overlaps, as the published models were trained.</summary>
    public static StandardRoiHead RoiHead =>
        new() { Sampler = new BalancedBoxSampler(512, 0.25, AddGroundTruth: true, OverlappingFirst: true) };

    /// <summary>Offsets by balanced L1.</summary>
    public static FullyConnectedBoxHead BoxHead => new() { BoxLoss = new BalancedL1Loss() };
}
