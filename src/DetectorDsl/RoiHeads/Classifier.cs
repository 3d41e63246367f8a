using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>The last layer of a box head, from features to logits.</summary>
[Component]
public abstract record Classifier
{
    /// <summary>
    /// Score that every sigmoid starts from, given to the bias as -ln((1 - Prior) / Prior): with many classes, training with a loss of sigmoids
    /// begins smoothly at a small one, 0.001 for LVIS (focal loss, Lin et al. 2017, section 3.3). Null, the default, starts with bias 0.
    /// </summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double? Prior { get; init; }
}
