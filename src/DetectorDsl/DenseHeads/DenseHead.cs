using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>A branch that classifies and refines at every location of every level.</summary>
[Component]
public abstract record DenseHead
{
    /// <summary>3x3 convolutions of each of the two towers, for classes and for boxes. Default 4.</summary>
    [Range(0, 16)]
    public int Layers { get; init; } = 4;

    /// <summary>Channels of the towers; null (default): those of the neck.</summary>
    [Range(1, 4096)]
    public int? Channels { get; init; }

    /// <summary>
    /// Loss of the classification at all locations. Default: focal loss. A loss whose <c>[Logits]</c> says <c>Dense = false</c> does not fit, since it
    /// presupposes sampled regions.
    /// </summary>
    public ClassificationLoss ClassificationLoss { get; init; } = new SigmoidFocalLoss();

    /// <summary>Score that every class has at first at every location, so that the many empty ones do not drown the loss (Focal Loss, section 3.3). Default 0.01.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Prior { get; init; } = 0.01;

    /// <summary>Best-scored pairs of location and class of each level that take part in suppression. Default 1,000.</summary>
    [Range(1, 1000000)]
    public int CandidatesPerLevel { get; init; } = 1000;
}
