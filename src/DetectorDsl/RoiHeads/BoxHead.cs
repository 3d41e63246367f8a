namespace DetectorDsl;

/// <summary>The branch that classifies regions and refines their boxes.</summary>
[Component]
public abstract record BoxHead
{
    /// <summary>Last layer of the classification. Default: an ordinary linear layer.</summary>
    public Classifier Classifier { get; init; } = new Linear();

    /// <summary>Loss of the classification; it decides how many logits there are and how they become scores. Default: cross-entropy with a background class.</summary>
    public ClassificationLoss ClassificationLoss { get; init; } = new CrossEntropyLoss();

    /// <summary>Loss of the box offsets of positive regions, divided by the number of all sampled regions. Default: L1.</summary>
    public virtual BoxLoss BoxLoss { get; init; } = new L1Loss();

    /// <summary>Form of the regression. Default: deltas with stds 0.1 and 0.2.</summary>
    public virtual BoxCoder BoxCoder { get; init; } = new DeltaBoxCoder(0.1, 0.2);

    /// <summary>
    /// Whether one box is predicted per region (true) or one per class (false). Null (default) leaves it to the surroundings: one per class in a
    /// <see cref="StandardRoiHead" />, one per region in a <see cref="Cascade" />.
    /// </summary>
    public bool? ClassAgnostic { get; init; }
}
