using System.Numerics;
using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Targets;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Losses;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.PrimeSamples;

/// <summary>Weights of positive regions in the classification loss by how well their predicted boxes fit (ISR-P; PISA, Cao et al. 2020, section 4.1).</summary>
/// <remarks>
/// Regions are ranked within each class: by rank of their IoU among those of their object, then by IoU. With M the largest number of positives of a class, a
/// region of rank r weighs (bias + (1 - bias) w (M - r) / M)^k, w its weight before; then all are scaled so that their summed loss stays what it was.
/// Source: mmdetection, pisa_loss.py, isr_p.
/// </remarks>
/// <param name="k">Exponent.</param>
/// <param name="bias">Least weight before the exponent, 0 to 1.</param>
public sealed class PositiveReweighting(double k = 2.0, double bias = 0.0)
{
    /// <summary>Weights of all regions of a step.</summary>
    /// <param name="regions">The regions; their own weights, where the sampler gives such, are kept for negatives.</param>
    /// <param name="positiveOffsets">P x 4: predictions for the positive regions.</param>
    /// <param name="coder">Form of the predictions.</param>
    /// <param name="logits">R x LogitCount.</param>
    /// <param name="loss">The classification loss.</param>
    /// <returns>R weights, without gradient; null where all are 1, as no region is positive.</returns>
    public Tensor? Weights(RoiTargetSet regions, Tensor positiveOffsets, DeltaBoxCoder coder, Tensor logits, IRegionLosses loss)
    {
        ArgumentNullException.ThrowIfNull(regions);
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(loss);
        if (regions.PositiveCount == 0)
        {
            return regions.Weights?.alias();
        }

        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var boxes = regions.PositiveRois.All;
        var type = boxes.Type();
        var own = new Positives(boxes, positiveOffsets, regions.Offsets, coder, regions.PositiveLabels, regions.Objects);
        var weights = Weights(own, ones([regions.PositiveCount], dtype: type), logits.detach().index_select(0, regions.PositiveRows), loss);
        var all = regions.Weights ?? ones([regions.Count], dtype: type, device: logits.device);
        return all.index_copy(0, regions.PositiveRows, weights).MoveToOuterDisposeScope();
    }

    /// <summary>Weights of all anchors of a step.</summary>
    /// <param name="targets">The anchors' targets; negatives keep their weights.</param>
    /// <param name="positiveOffsets">P x 4: predictions for the positive anchors.</param>
    /// <param name="coder">Form of the predictions.</param>
    /// <param name="positiveLogits">P x LogitCount.</param>
    /// <param name="loss">The classification loss.</param>
    /// <returns>N K weights, without gradient.</returns>
    public Tensor Weights(DenseTargetSet targets, Tensor positiveOffsets, DeltaBoxCoder coder, Tensor positiveLogits, IRegionLosses loss)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(positiveLogits);
        ArgumentNullException.ThrowIfNull(loss);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        if (targets.Objects.Length == 0)
        {
            return targets.Weights.alias().MoveToOuterDisposeScope();
        }

        var own = new Positives(
            targets.PositiveBoxes,
            positiveOffsets,
            targets.Offsets,
            coder,
            targets.Labels.index_select(0, targets.Positive),
            targets.Objects
        );
        var weights = Weights(own, targets.Weights.index_select(0, targets.Positive), positiveLogits.detach(), loss);
        return targets.Weights.index_copy(0, targets.Positive, weights).MoveToOuterDisposeScope();
    }

    /// <summary>Weights of positive boxes.</summary>
    /// <typeparam name="T">Precision.</typeparam>
    /// <param name="labels">P classes.</param>
    /// <param name="objects">P numbers that tell the objects of the batch apart.</param>
    /// <param name="ious">P: IoU of each predicted box with its object.</param>
    /// <param name="weights">P weights before.</param>
    /// <param name="losses">P losses before weights.</param>
    /// <returns>P weights.</returns>
    public T[] Weights<T>(long[] labels, long[] objects, T[] ious, T[] weights, T[] losses)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(labels);
        var result = new T[labels.Length];
        var classes = Enumerable.Range(0, labels.Length).GroupBy(box => labels[box], (_, boxes) => boxes.ToArray()).ToArray();
        var most = classes.Select(boxes => boxes.Length).DefaultIfEmpty().Max();
        foreach (var boxes in classes)
        {
            var order = HierarchicalRanks.Order<T>([.. boxes.Select(box => ious[box])], [.. boxes.Select(box => objects[box])]);
            foreach (var (rank, item) in order.Index())
            {
                var box = boxes[item];
                result[box] = Importance.Weight<T>(
                    double.CreateTruncating(weights[box] * T.CreateTruncating(most - rank) / T.CreateTruncating(most)),
                    k,
                    bias
                );
            }
        }

        Importance.KeepSum<T>(result, weights, losses);
        return result;
    }

    private Tensor Weights(Positives own, Tensor before, Tensor logits, IRegionLosses loss) =>
        own.Boxes.AreDouble ? Weights<double>(own, before, logits, loss) : Weights<float>(own, before, logits, loss);

    private Tensor Weights<T>(Positives own, Tensor before, Tensor logits, IRegionLosses loss)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var weights = Weights(
            HostOrigin.Numbers(own.Labels),
            own.Objects,
            PredictedBoxes.Ious<T>(own.Boxes, own.Predictions, own.Targets, own.Coder),
            TensorPrecision.Values<T>(before).ToArray(),
            TensorPrecision.Values<T>(loss.RegionLosses(logits, own.Labels)).ToArray()
        );
        return TensorPrecision.ToTensor(weights, [weights.Length], logits.device);
    }

    /// <summary>The positive boxes of a step, what was predicted for them, and what was to be.</summary>
    private sealed record Positives(Boxes Boxes, Tensor Predictions, Tensor Targets, DeltaBoxCoder Coder, Tensor Labels, long[] Objects);
}
