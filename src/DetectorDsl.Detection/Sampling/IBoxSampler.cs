using DetectorDsl.Detection.Matching;
using DetectorDsl.Structures;

namespace DetectorDsl.Detection.Sampling;

/// <summary>Chooses the boxes that a loss sees.</summary>
public interface IBoxSampler
{
    /// <summary>Whether the objects' own boxes join the candidates, ahead of the others.</summary>
    bool AddGroundTruth { get; }

    /// <summary>Chooses among the boxes of one image.</summary>
    /// <param name="assignment">The object of each box.</param>
    /// <param name="random">The image's own stream of random numbers.</param>
    /// <returns>Indices of the chosen boxes.</returns>
    BoxSample Sample(Assignment assignment, RandomSource random);
}

/// <summary>Chosen boxes.</summary>
/// <param name="Positive">Indices of positive boxes.</param>
/// <param name="Negative">Indices of negative boxes.</param>
public sealed record BoxSample(int[] Positive, int[] Negative)
{
    /// <summary>Weights of the negative boxes in the classification loss; null for 1.</summary>
    public double[]? NegativeWeights { get; init; }
}
