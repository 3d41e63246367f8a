using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Balanced Group Softmax, BAGS (Li et al. 2020): a softmax of its own for each of four groups of classes with a like number of instances.</summary>
/// <remarks>
/// Every group has a column "others" beside its classes; a fifth one tells foreground from background. L = sum over groups of the mean cross-entropy over the
/// rows that the group uses: its own, and at most Beta times as many drawn from the others. score = P(class in its group) x P(foreground). Source: arXiv
/// 2006.10408, section 4; tztztztztz/eqlv2, mmdet/models/losses/group_softmax.py. The groups follow from the training data's instance counts, oversampling
/// left out, and stay with the weights.
/// </remarks>
/// <param name="Beta">Most rows of others that a group uses for each row of its own. Default 8.</param>
/// <param name="LossWeight">Factor of the term. Default 1.</param>
[Component]
[Logits(6, Dense = false), LossTerms("loss_cls"), LossNeeds(ClassFrequencies = true, StepSeed = true)]
public record GroupSoftmaxLoss([Range(0.0, 1e9)] double Beta = 8.0, [Range(0.0, 1000.0)] double LossWeight = 1.0) : ClassificationLoss
{
    /// <summary>Instance counts at which the second, third and fourth group begin, rising; a count equal to a bound belongs to the upper group. Default 10, 100, 1,000 (LVIS).</summary>
    [Length(3, 3), Range(1, int.MaxValue), Ascending, ArrangesLogits]
    public ValueList<int> Bounds { get; init; } = [10, 100, 1000];
}
