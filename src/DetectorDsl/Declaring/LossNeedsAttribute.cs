namespace DetectorDsl;

/// <summary>
/// States what a classification loss needs of a training run beside logits, labels, weights and divisor. A class of the user's own that does a
/// loss's work gets them in the same way.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = true)]
public sealed class LossNeedsAttribute : Attribute
{
    /// <summary>
    /// Whether the loss has to know how often each class occurs in the training data: its <c>LearnFrequencies</c> is called before the first step.
    /// Default false.
    /// </summary>
    public bool ClassFrequencies { get; set; }

    /// <summary>Whether the loss draws lots: its <c>forward</c> takes the seed of the step (a <see cref="long" />) after the divisor. Default false.</summary>
    public bool StepSeed { get; set; }

    /// <summary>
    /// Whether the loss tells objects apart: its <c>forward</c> takes, last, the object of each positive region in the order of the rows, a list of <see cref="long" />.
    /// Default false.
    /// </summary>
    public bool Objects { get; set; }
}
