using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Loss of boxes that are stated by their sides: which bucket each side lies in, and how far it is from the centre of the buckets about it.</summary>
/// <remarks>
/// Numbers are those of the bucket coder. Buckets: binary cross-entropy of every logit, sum over divisor and the four sides. Distances: the given
/// loss of each, sum over divisor. Source: SABL (Wang et al. 2020), section 3.3; mmdetection, sabl_head.py.
/// </remarks>
/// <param name="distanceLoss">Loss of predictions (D x 1) against targets (D x 1) with D weights and a divisor; a scalar.</param>
/// <param name="bucketWeight">Factor of the buckets' term.</param>
public sealed class SideAwareBoxLoss(Func<Tensor, Tensor, Tensor?, double, Tensor> distanceLoss, double bucketWeight = 1.0)
{
    private const int Sides = 4;

    /// <summary>Both terms.</summary>
    /// <param name="predictions">P x 8 S: logits of the buckets, distances.</param>
    /// <param name="targets">P x 16 S: marks of the buckets and their weights, distances and their weights.</param>
    /// <param name="weights">P weights; null for 1.</param>
    /// <param name="averageFactor">Divisor, as a rule the number of all sampled regions; at least 1 is used.</param>
    /// <returns>Buckets; distances. Both are 0 with a gradient where P is 0.</returns>
    /// <exception cref="ArgumentException">Predictions and targets do not fit each other.</exception>
    public (Tensor loss_bbox_cls, Tensor loss_bbox_reg) forward(Tensor predictions, Tensor targets, Tensor? weights, double averageFactor)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        var all = predictions.shape[1] / 2;
        if (targets.shape[1] != 4 * all)
        {
            throw new ArgumentException(
                $"Targets of {targets.shape[1]} numbers do not fit predictions of {predictions.shape[1]}.",
                nameof(targets)
            );
        }

        using var scope = NewDisposeScope();
        var divisor = Math.Max(averageFactor, 1);
        var parts = targets.to(predictions.dtype).split(all, 1);
        var (bucketWeights, distanceWeights) = weights is null
            ? (parts[1], parts[3])
            : (parts[1] * weights.unsqueeze(1), parts[3] * weights.unsqueeze(1));
        var buckets = nn
            .functional.binary_cross_entropy_with_logits(predictions.narrow(1, 0, all), parts[0], bucketWeights, nn.Reduction.Sum)
            .Times(bucketWeight / (Sides * divisor));
        var distances = distanceLoss(
            predictions.narrow(1, all, all).reshape(-1, 1),
            parts[2].reshape(-1, 1),
            distanceWeights.reshape(-1),
            divisor
        );
        return (buckets.MoveToOuterDisposeScope(), distances.MoveToOuterDisposeScope());
    }
}
