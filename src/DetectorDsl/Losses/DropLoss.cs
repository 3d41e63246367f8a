using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>DropLoss (Hsieh et al. 2021): Equalization Loss that spares the classes of the tail from most background regions, too.</summary>
/// <remarks>
/// On objects of other classes the negatives of tail classes are dropped; on background each is dropped with probability 1 - rho, rho being the share of the step's
/// regions on objects whose class is of the tail. L = sum of what is kept, divided by the number of regions. C sigmoids, which are the scores.
/// Source: arXiv 2104.06402, section 3; timy90022/DropLoss, fast_rcnn.py.
/// </remarks>
/// <param name="Lambda">Share of the training images below which a class belongs to the tail. Default 0.0011 (LVIS v1); 0.00177 for LVIS v0.5.</param>
/// <param name="LossWeight">Factor of the term. Default 1.</param>
[Component]
[Logits(0, Dense = false), LossTerms("loss_cls"), LossNeeds(ClassFrequencies = true, StepSeed = true)]
public record DropLoss([Range(0.0, 1.0)] double Lambda = 0.0011, [Range(0.0, 1000.0)] double LossWeight = 1.0) : ClassificationLoss
{
    /// <summary>The threshold as a number of images, for smaller data sets. Null, the default, leaves it to <see cref="Lambda" />, a share.</summary>
    [Range(0, 100000000)]
    public int? LambdaImages { get; init; }
}
