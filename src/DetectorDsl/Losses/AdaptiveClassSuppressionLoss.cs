using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Adaptive Class Suppression Loss, ACSL (Wang et al. 2021): regions on objects push down only the classes that they are confused with.</summary>
/// <remarks>
/// C + 1 sigmoids, which are the scores, the last for background. An object trains its own class and every class with a score of at least Threshold; background trains its
/// own column and frequent classes, and on drawn shares of its regions common and rare ones. L = sum divided by the number of regions. Published as a
/// second stage that trains the classifier alone. Source: arXiv 2104.00885, section 3; CASIA-IVA-Lab/ACSL, acsl.py.
/// </remarks>
/// <param name="Threshold">Score from which another class is pushed down. Default 0.7.</param>
/// <param name="RareShare">Share of the background regions that push down rare classes. Default 0.01.</param>
/// <param name="CommonShare">Share of the background regions that push down common classes. Default 0.1.</param>
/// <param name="RareImages">Most training images of a rare class. Default 10 (LVIS).</param>
/// <param name="CommonImages">Most training images of a common class. Default 100 (LVIS).</param>
/// <param name="LossWeight">Factor of the term. Default 1.</param>
[Component]
[Logits(1, Dense = false), LossTerms("loss_cls"), LossNeeds(ClassFrequencies = true, StepSeed = true)]
public record AdaptiveClassSuppressionLoss(
    [Range(0.0, 1.0)] double Threshold = 0.7,
    [Range(0.0, 1.0), AtMost(nameof(CommonShare))] double RareShare = 0.01,
    [Range(0.0, 1.0)] double CommonShare = 0.1,
    [Range(0, 100000000), AtMost(nameof(CommonImages))] int RareImages = 10,
    [Range(0, 100000000)] int CommonImages = 100,
    [Range(0.0, 1000.0)] double LossWeight = 1.0
) : ClassificationLoss;
