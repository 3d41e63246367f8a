using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Positives at random; negatives by how much the box head takes them for objects, with weights to match (PISA's ISR-N, Cao et al. 2020). For a <see cref="PrimeSampleRoiHead" />.</summary>
/// <remarks>
/// The head scores all negatives without gradient. Those above ScoreThreshold are grouped by the overlap of their predicted boxes and ranked: the best of every group, then the
/// second ones, each by score. The first ones are taken; where they are too few, random others fill up. Weight = (Bias + (1 - Bias) (U - rank) / U)^K with U the larger of those
/// wanted and those ranked, then scaled so that the summed loss stays. Source: mmdetection, score_hlr_sampler.py.
/// </remarks>
/// <param name="Count">Boxes per image.</param>
/// <param name="PositiveFraction">Largest share of positives.</param>
/// <param name="AddGroundTruth">Whether the objects' own boxes join the candidates. Default true.</param>
/// <param name="NegativesPerPositive">Upper bound of negatives as a multiple of the positives (at least one positive is counted); -1 (default) for none.</param>
/// <param name="K">Exponent of the weights. Default 0.5.</param>
/// <param name="Bias">Least weight before the exponent. Default 0.</param>
/// <param name="ScoreThreshold">Score of the likeliest class above which a negative is ranked. Default 0.05.</param>
/// <param name="NmsIou">Overlap from which predicted boxes belong to one group. Default 0.5.</param>
[Component]
public record ScoreRankedBoxSampler(
    [Range(1, 100000)] int Count,
    [Range(0.0, 1.0, MinimumIsExclusive = true)] double PositiveFraction,
    bool AddGroundTruth = true,
    [Range(-1, 1000)] int NegativesPerPositive = -1,
    [Range(0.0, 10.0, MinimumIsExclusive = true)] double K = 0.5,
    [Range(0.0, 1.0, MaximumIsExclusive = true)] double Bias = 0.0,
    [Range(0.0, 1.0)] double ScoreThreshold = 0.05,
    [Range(0.0, 1.0)] double NmsIou = 0.5
) : BoxSampler;
