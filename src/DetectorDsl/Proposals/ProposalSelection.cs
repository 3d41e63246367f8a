using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>How many proposals are kept.</summary>
/// <param name="CandidatesPerLevel">Best-scored anchors of each level that take part.</param>
/// <param name="MaxPerImage">Proposals kept per image, over all levels.</param>
/// <param name="NmsIou">NMS threshold: IoU above which the weaker of two proposals of a level is suppressed. Default 0.7.</param>
/// <param name="MinSize">Least width and height in pixels. Default 0.</param>
[Component]
public record ProposalSelection(
    [Range(1, 1000000)] int CandidatesPerLevel,
    [Range(1, 1000000)] int MaxPerImage,
    [Range(0.0, 1.0)] double NmsIou = 0.7,
    [Range(0.0, 10000.0)] double MinSize = 0.0
);
