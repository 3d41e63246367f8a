using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>A second box loss, <c>loss_carl</c>, in which positive regions weigh by the score of their class and through which the boxes teach the classifier (PISA's CARL, Cao et al. 2020).</summary>
/// <remarks>
/// v = (Bias + (1 - Bias) p)^K, scaled to the number of positives; the loss is the head's own box loss with weights v, over all sampled regions, with a gradient through p.
/// Source: mmdetection, pisa_loss.py.
/// </remarks>
/// <param name="K">Exponent of the weights. Default 1.</param>
/// <param name="Bias">Weight at score 0 before the exponent. Default 0.2.</param>
[Component]
public record ClassAwareRegression([Range(0.0, 10.0, MinimumIsExclusive = true)] double K = 1.0, [Range(0.0, 1.0)] double Bias = 0.2);
