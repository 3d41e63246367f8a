using DetectorDsl.Detection.Matching;
using DetectorDsl.Structures;

namespace DetectorDsl.Detection.Sampling;

/// <summary>A fixed number of boxes: positives spread evenly over objects, negatives over intervals of their overlap (Libra R-CNN, section 3.1).</summary>
/// <remarks>Source: mmdetection, instance_balanced_pos_sampler.py and iou_balanced_neg_sampler.py with floor_thr -1 in its first call, or 0, which it has become from the second call on.</remarks>
/// <param name="count">Boxes per image.</param>
/// <param name="positiveFraction">Largest share of positives.</param>
/// <param name="addGroundTruth">Whether the objects' own boxes join the candidates.</param>
/// <param name="bins">Equal intervals from 0 to the largest overlap of any box; 1 for none.</param>
/// <param name="overlappingFirst">Whether negatives without any overlap are drawn only where the others are too few.</param>
public sealed class BalancedBoxSampler(
    int count,
    double positiveFraction,
    bool addGroundTruth = false,
    int bins = 3,
    bool overlappingFirst = false
) : IBoxSampler
{
    /// <inheritdoc />
    public bool AddGroundTruth => addGroundTruth;

    /// <inheritdoc />
    public BoxSample Sample(Assignment assignment, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        ArgumentNullException.ThrowIfNull(random);
        var positive = Positives(assignment, (int)(count * positiveFraction), random);
        return new BoxSample(positive, Negatives(assignment, count - positive.Length, random));
    }

    private static int[] Positives(Assignment assignment, int wanted, RandomSource random)
    {
        var all = Boxes(assignment, static matched => matched >= 0);
        if (all.Count <= wanted)
        {
            return [.. all];
        }

        var objects = all.GroupBy(box => assignment.Matched[box]).OrderBy(group => group.Key).ToList();
        var each = (int)Math.Round((double)wanted / objects.Count) + 1;
        List<int> chosen = [.. objects.SelectMany(group => RandomChoice.Of([.. group], each, random))];
        return chosen.Count > wanted ? RandomChoice.Of(chosen, wanted, random) : Filled(chosen, all, wanted, random);
    }

    private int[] Negatives(Assignment assignment, int wanted, RandomSource random)
    {
        var all = Boxes(assignment, static matched => matched == Assignment.Negative);
        if (all.Count <= wanted)
        {
            return [.. all];
        }

        List<int> candidates = overlappingFirst ? [.. all.Where(box => assignment.Overlaps[box] > 0)] : all;
        return candidates.Count > wanted
            ? Spread(candidates, assignment.Overlaps, wanted, random)
            : Filled(candidates, all, wanted, random);
    }

    private int[] Spread(List<int> candidates, float[] overlaps, int wanted, RandomSource random)
    {
        if (bins == 1)
        {
            return RandomChoice.Of(candidates, wanted, random);
        }

        // NumPy divides in double precision and compares in the overlaps' own.
        var interval = (double)overlaps.Max() / bins;
        var chosen = new List<int>();
        for (var bin = 0; bin < bins; bin++)
        {
            var (low, high) = ((float)(bin * interval), (float)((bin + 1) * interval));
            chosen.AddRange(
                RandomChoice.Of([.. candidates.Where(box => overlaps[box] >= low && overlaps[box] < high)], wanted / bins, random)
            );
        }

        return Filled(chosen, candidates, wanted, random);
    }

    private static List<int> Boxes(Assignment assignment, Func<int, bool> isWanted) =>
        [.. Enumerable.Range(0, assignment.Matched.Length).Where(box => isWanted(assignment.Matched[box]))];

    private static int[] Filled(List<int> chosen, List<int> all, int wanted, RandomSource random)
    {
        var taken = chosen.ToHashSet();
        return [.. chosen, .. RandomChoice.Of([.. all.Where(box => !taken.Contains(box))], wanted - chosen.Count, random)];
    }
}
