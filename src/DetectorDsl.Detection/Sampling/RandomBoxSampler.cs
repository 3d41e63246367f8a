using DetectorDsl.Detection.Matching;
using DetectorDsl.Structures;

namespace DetectorDsl.Detection.Sampling;

/// <summary>A fixed number of boxes at random: positives up to a share, negatives to fill the rest.</summary>
/// <remarks>Source: Faster R-CNN, section 3.1.3; mmdetection, random_sampler.py.</remarks>
/// <param name="count">Boxes per image.</param>
/// <param name="positiveFraction">Largest share of positives.</param>
/// <param name="addGroundTruth">Whether the objects' own boxes join the candidates.</param>
/// <param name="negativesPerPositive">Upper bound of negatives as a multiple of the positives (at least one); -1 for none.</param>
public sealed class RandomBoxSampler(int count, double positiveFraction, bool addGroundTruth = false, int negativesPerPositive = -1)
    : IBoxSampler
{
    /// <inheritdoc />
    public bool AddGroundTruth => addGroundTruth;

    /// <inheritdoc />
    public BoxSample Sample(Assignment assignment, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        ArgumentNullException.ThrowIfNull(random);
        var positive = new List<int>();
        var negative = new List<int>();
        for (var box = 0; box < assignment.Matched.Length; box++)
        {
            (
                assignment.Matched[box] >= 0 ? positive
                : assignment.Matched[box] == Assignment.Negative ? negative
                : null
            )?.Add(box);
        }

        var chosen = RandomChoice.Of(positive, (int)(count * positiveFraction), random);
        var wanted = count - chosen.Length;
        if (negativesPerPositive >= 0)
        {
            wanted = Math.Min(wanted, negativesPerPositive * Math.Max(1, chosen.Length));
        }

        return new BoxSample(chosen, RandomChoice.Of(negative, wanted, random));
    }
}
