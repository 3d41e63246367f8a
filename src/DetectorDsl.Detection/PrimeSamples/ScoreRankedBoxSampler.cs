using System.Numerics;
using DetectorDsl.Detection.Matching;
using DetectorDsl.Detection.Sampling;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;

namespace DetectorDsl.Detection.PrimeSamples;

/// <summary>Positives at random; of the negatives those that the head takes for objects, ranked and weighted (ISR-N; PISA, sections 3.2 and 4.1).</summary>
/// <remarks>
/// A negative is valid above the least score. Valid ones whose predicted boxes overlap make a group, each greedily around its best. Order: rank of the score in the
/// group, then score. The first are taken; where valid ones are too few, random others fill up. With U the larger of wanted and valid, the item of rank r weighs
/// (bias + (1 - bias) (U - r) / U)^k, the random ones what the last valid one weighs; all are scaled so that their summed loss stays what it was.
/// Source: mmdetection, score_hlr_sampler.py.
/// </remarks>
/// <param name="count">Boxes per image.</param>
/// <param name="positiveFraction">Largest share of positives.</param>
/// <param name="addGroundTruth">Whether the objects' own boxes join the candidates.</param>
/// <param name="negativesPerPositive">Upper bound of negatives as a multiple of the positives (at least one); -1 for none.</param>
/// <param name="k">Exponent.</param>
/// <param name="bias">Least weight before the exponent, 0 to 1.</param>
/// <param name="scoreThreshold">Score above which a negative is valid.</param>
/// <param name="nmsIou">Overlap from which predicted boxes belong to one group.</param>
public sealed class ScoreRankedBoxSampler(
    int count,
    double positiveFraction,
    bool addGroundTruth = true,
    int negativesPerPositive = -1,
    double k = 0.5,
    double bias = 0.0,
    double scoreThreshold = 0.05,
    double nmsIou = 0.5
)
{
    /// <summary>Whether the objects' own boxes join the candidates, ahead of the others.</summary>
    public bool AddGroundTruth => addGroundTruth;

    /// <summary>Chooses among the boxes of one image.</summary>
    /// <typeparam name="T">Precision.</typeparam>
    /// <param name="assignment">The object of each box.</param>
    /// <param name="negatives">What the head makes of the negative ones.</param>
    /// <param name="random">The image's own stream of random numbers.</param>
    /// <returns>Indices of the chosen boxes, and the weights of the negative ones.</returns>
    public BoxSample Sample<T>(Assignment assignment, NegativeRegions<T> negatives, RandomSource random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(assignment);
        ArgumentNullException.ThrowIfNull(negatives);
        ArgumentNullException.ThrowIfNull(random);
        var positive = RandomChoice.Of(
            [.. Enumerable.Range(0, assignment.Matched.Length).Where(box => assignment.Matched[box] >= 0)],
            (int)(count * positiveFraction),
            random
        );
        var wanted = count - positive.Length;
        if (negativesPerPositive >= 0)
        {
            wanted = Math.Min(wanted, negativesPerPositive * Math.Max(1, positive.Length));
        }

        var (chosen, weights) = Choose(negatives, Math.Min(wanted, negatives.Count), random);
        return new BoxSample(positive, [.. chosen.Select(item => negatives.Boxes[item])])
        {
            NegativeWeights = Precision.Of<T, double>(weights),
        };
    }

    private (int[] Chosen, T[] Weights) Choose<T>(NegativeRegions<T> negatives, int wanted, RandomSource random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var valid = Items(negatives, isValid: true);
        var rest = Items(negatives, isValid: false);
        int[] ranked = [.. Order(negatives, valid).Take(wanted).Select(item => valid[item])];
        int[] chosen = [.. ranked, .. RandomChoice.Of(rest, wanted - ranked.Length, random)];
        var weights = new T[wanted];
        weights.AsSpan().Fill(T.One);
        if (ranked.Length > 0)
        {
            var most = Math.Max(wanted, valid.Count);
            for (var rank = 0; rank < wanted; rank++)
            {
                weights[rank] = Importance.Weight<T>((most - Math.Min(rank, ranked.Length - 1)) / (double)most, k, bias);
            }

            Importance.KeepSum<T>(weights, [], [.. chosen.Select(item => negatives.Losses[item])]);
        }

        return (chosen, weights);
    }

    private List<int> Items<T>(NegativeRegions<T> negatives, bool isValid)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. Enumerable.Range(0, negatives.Count).Where(item => negatives.Scores[item] > T.CreateTruncating(scoreThreshold) == isValid)];

    private int[] Order<T>(NegativeRegions<T> negatives, List<int> valid)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] scores = [.. valid.Select(item => negatives.Scores[item])];
        var boxes = negatives.Predicted.Select([.. valid]);
        return HierarchicalRanks.Order(scores, [.. NonMaximumSuppression.Match<T>(boxes, scores, nmsIou).Select(leader => (long)leader)]);
    }
}
