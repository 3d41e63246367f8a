using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Equalization Loss (Tan et al. 2020): C independent sigmoids; objects of other classes do not push down the classes of the tail.</summary>
/// <remarks>
/// L = sum over regions and classes of w_j BCE(z_j, y_j), divided by the number of regions; w_j = 1 - E T_j (1 - y_j), E = 1 for regions on objects and 0
/// for background, T_j = 1 for classes whose share of the training images is below Lambda. Scores are sigmoids. Source: arXiv 2003.05176,
/// section 3; tztztztztz/eqlv2, mmdet/models/losses/eql.py. With Lambda 0 it is binary cross-entropy.
/// </remarks>
/// <param name="Lambda">Share of the training images below which a class belongs to the tail. Default 0.0011 (LVIS v1); 0.00177 for LVIS v0.5.</param>
/// <param name="LossWeight">Factor of the term. Default 1.</param>
[Component]
[Logits(0, PerRegion = true), LossTerms("loss_cls"), LossNeeds(ClassFrequencies = true)]
public record EqualizationLoss([Range(0.0, 1.0)] double Lambda = 0.0011, [Range(0.0, 1000.0)] double LossWeight = 1.0) : ClassificationLoss
{
    /// <summary>The threshold as a number of images, for smaller data sets. Null, the default, leaves it to <see cref="Lambda" />, a share.</summary>
    [Range(0, 100000000)]
    public int? LambdaImages { get; init; }
}
