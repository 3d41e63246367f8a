using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Draws a fixed number of boxes per image, positives up to a share, negatives to fill the rest.</summary>
/// <remarks>
/// Source: Faster R-CNN, section 3.1.3; mmdetection, random_sampler.py.
/// </remarks>
/// <param name="Count">Boxes per image.</param>
/// <param name="PositiveFraction">Largest share of positives.</param>
/// <param name="AddGroundTruth">Whether the objects' own boxes join the candidates. Default false.</param>
/// <param name="NegativesPerPositive">Upper bound of negatives as a multiple of the positives (at least one positive is counted); -1 (default) for none.</param>
[Component]
public record RandomBoxSampler(
    [Range(1, 100000)] int Count,
    [Range(0.0, 1.0, MinimumIsExclusive = true)] double PositiveFraction,
    bool AddGroundTruth = false,
    [Range(-1, 1000)] int NegativesPerPositive = -1
) : BoxSampler;
