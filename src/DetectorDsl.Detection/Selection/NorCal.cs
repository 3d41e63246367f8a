using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Selection;

/// <summary>Calibration of scores by how often classes occur in training (Pan et al. 2021, section 3).</summary>
/// <remarks>
/// score_c = a_c s_c / ( sum over classes of a_k s_k + s_background ). Source: tydpan/NorCal, projects/NorCal/norcal/roi_heads.py, where exponentials of logits and
/// probabilities give the same.
/// </remarks>
/// <param name="imageCounts">Training images of each of the C classes; below 1 counts as 1.</param>
/// <param name="gamma">Strength.</param>
/// <param name="classBalanced">False: a = 1 / n^gamma. True: a = (1 - gamma) / (1 - gamma^n), gamma below 1.</param>
public sealed class NorCal(IReadOnlyList<int> imageCounts, double gamma, bool classBalanced)
{
    /// <summary>Calibrates.</summary>
    /// <param name="scores">R x (C + 1), background last, each row of sum 1.</param>
    /// <returns>The same.</returns>
    /// <exception cref="ArgumentException">There are counts of another number of classes.</exception>
    public Tensor Apply(Tensor scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.shape[1] != imageCounts.Count + 1)
        {
            throw new ArgumentException($"Scores of {scores.shape[1] - 1} classes, counts of {imageCounts.Count}.", nameof(scores));
        }

        using var scope = NewDisposeScope();
        double[] factors = [.. imageCounts.Select(count => Factor(Math.Max(count, 1))), 1];

        // Logarithms: the factors of a large count may be too small for single precision.
        var logs = tensor([.. factors.Select(factor => Math.Log(factor))], [1, factors.Length], dtype: scores.dtype, device: scores.device);
        return nn.functional.softmax(scores.log().Plus(logs), 1).MoveToOuterDisposeScope();
    }

    private double Factor(int count) => classBalanced ? (1 - gamma) / (1 - Math.Pow(gamma, count)) : Math.Pow(count, -gamma);
}
