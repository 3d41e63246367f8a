using System.Numerics;
using DetectorDsl.Runtime.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Losses;

/// <summary>Seesaw Loss with the objectness branch (Wang et al. 2021, sections 3.1 and 3.2).</summary>
/// <remarks>
/// Logits are R x (C + 2): C classes, "object", "no object". L = -ln(e^zi / (sum over j of Sij e^zj)), Sij = Mij Cij without gradient, Sii = 1;
/// Mij = min(1, (Nj / Ni)^p); Cij = max(1, (sj / max(si, eps))^q), s = softmax(z). Computed as cross-entropy of z + ln S.
/// Buffer <c>cum_samples</c>: C + 1 counts, the last for background. Source: mmdetection, seesaw_loss.py.
/// </remarks>
public sealed class SeesawLoss : ClassificationLoss
{
    // Double precision: single precision stops counting at 2^24.
    private readonly Tensor cum_samples;
    private readonly double p;
    private readonly double q;
    private readonly double epsilon;
    private readonly double lossWeight;
    private readonly SeesawCounts counts;

    /// <summary>Counts start at 0, or at the data set's.</summary>
    /// <param name="classes">C.</param>
    /// <param name="p">Strength of the mitigation factor; 0 switches it off.</param>
    /// <param name="q">Strength of the compensation factor; 0 switches it off.</param>
    /// <param name="epsilon">Lower bound of the own probability.</param>
    /// <param name="lossWeight">Factor of both terms.</param>
    /// <param name="counts">Where the counts come from.</param>
    /// <param name="classCounts">Instances per class (C numbers), needed for <see cref="SeesawCounts.DataSet" />.</param>
    /// <exception cref="ArgumentException">The counts are to come from the data set, and none or another number of them are given.</exception>
    public SeesawLoss(int classes, double p = 0.8, double q = 2.0, double epsilon = 0.01, double lossWeight = 1.0, SeesawCounts counts = SeesawCounts.Online, IReadOnlyList<int>? classCounts = null)
        : base(classes)
    {
        (this.p, this.q, this.epsilon, this.lossWeight, this.counts) = (p, q, epsilon, lossWeight, counts);
        var initial = new double[classes + 1];
        if (counts == SeesawCounts.DataSet)
        {
            if (classCounts?.Count != classes)
            {
                throw new ArgumentException($"{classes} class counts are needed, {classCounts?.Count ?? 0} are given.", nameof(classCounts));
            }

            for (var label = 0; label < classes; label++)
            {
                initial[label] = classCounts[label];
            }
        }

        cum_samples = tensor(initial);
        register_buffer(nameof(cum_samples), cum_samples);
    }

    /// <inheritdoc />
    public override int LogitCount => Classes + 2;

    /// <summary>Accumulated samples of each class and of background: C + 1 numbers.</summary>
    public Tensor CumulativeSamples => cum_samples;

    /// <summary>Adds labels to the counts. <see cref="forward" /> does so itself once per training step; whoever computes the loss a second time does not.</summary>
    /// <param name="labels">R labels, 0 to C.</param>
    public void Observe(Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        cum_samples.add_(bincount(labels, minlength: Classes + 1).to(ScalarType.Float64));
    }

    /// <summary>Counts the labels where counts are online and the module is in training, then computes both terms.</summary>
    /// <param name="logits">R x (C + 2).</param>
    /// <param name="labels">R labels, 0 to C - 1 or C for background.</param>
    /// <param name="weights">R weights; null for 1.</param>
    /// <param name="averageFactor">Divisor of both terms, as a rule the number of regions; at least 1 is used.</param>
    /// <returns>Classes: over positive regions, 0 with a gradient where there is none. Objectness: over all regions.</returns>
    /// <exception cref="ArgumentException">There is another number of logits than C + 2, or, on the CPU, a label beyond 0 to C.</exception>
    public (Tensor loss_cls_classes, Tensor loss_cls_objectness) forward(Tensor logits, Tensor labels, Tensor? weights, double averageFactor)
    {
        ArgumentNullException.ThrowIfNull(logits);
        if (logits.shape[1] != LogitCount)
        {
            throw new ArgumentException($"Seesaw Loss over {Classes} classes needs {LogitCount} logits per region, not {logits.shape[1]}.", nameof(logits));
        }

        if (training && counts == SeesawCounts.Online)
        {
            Observe(labels);
        }

        return Loss(logits, labels, weights, averageFactor);
    }

    /// <summary>Both terms from the counts as they are.</summary>
    /// <param name="logits">R x (C + 2).</param>
    /// <param name="labels">R labels.</param>
    /// <param name="weights">R weights; null for 1.</param>
    /// <param name="averageFactor">Divisor of both terms; at least 1 is used.</param>
    /// <returns>The terms as <see cref="forward" /> gives them.</returns>
    public (Tensor loss_cls_classes, Tensor loss_cls_objectness) Loss(Tensor logits, Tensor labels, Tensor? weights, double averageFactor)
    {
        using var scope = NewDisposeScope();
        var factor = lossWeight / Math.Max(averageFactor, 1);
        var classes = CpuMemory.IsFast(logits)
            ? FusedClasses(logits, labels, weights, factor)
            : Weighted(ClassLosses(logits, labels), weights?.masked_select(labels.lt(Classes)), factor);
        var objectness = Weighted(ObjectnessLosses(logits, labels), weights, factor);
        return (classes.MoveToOuterDisposeScope(), objectness.MoveToOuterDisposeScope());
    }

    /// <summary>Class loss of each positive region, from library operators.</summary>
    /// <param name="logits">R x (C + 2).</param>
    /// <param name="labels">R labels.</param>
    /// <returns>One number per positive region, in order.</returns>
    public Tensor ClassLosses(Tensor logits, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        var positive = labels.lt(Classes).nonzero().squeeze(1);
        var z = logits.index_select(0, positive).narrow(1, 0, Classes);
        var label = labels.index_select(0, positive);
        Tensor adjusted;
        using (no_grad())
        {
            var own = label.unsqueeze(1);
            adjusted = zeros_like(z);
            if (p > 0)
            {
                var logCounts = cum_samples.narrow(0, 0, Classes).clamp(min: 1).log().to(z.dtype);
                adjusted = (logCounts.unsqueeze(0) - logCounts.index_select(0, label).unsqueeze(1)).clamp(max: 0) * p;
            }

            if (q > 0)
            {
                var scores = nn.functional.log_softmax(z, 1);
                adjusted = adjusted + ((scores - scores.gather(1, own).clamp(min: Math.Log(epsilon))).clamp(min: 0) * q);
            }

            adjusted = adjusted.scatter(1, own, zeros_like(own).to(z.dtype));
        }

        return nn.functional.cross_entropy(z + adjusted, label, reduction: nn.Reduction.None).MoveToOuterDisposeScope();
    }

    /// <summary>Objectness loss of each region: two-way cross-entropy object / no object.</summary>
    /// <param name="logits">R x (C + 2).</param>
    /// <param name="labels">R labels.</param>
    /// <returns>R numbers.</returns>
    public Tensor ObjectnessLosses(Tensor logits, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        return nn.functional.cross_entropy(logits.narrow(1, Classes, 2), labels.eq(Classes).to(ScalarType.Int64), reduction: nn.Reduction.None).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override Tensor Scores(Tensor logits) => ObjectnessScores.Of(logits, Classes);

    internal static Tensor Weighted(Tensor losses, Tensor? weights, double factor) =>
        (weights is null ? losses : losses * weights.to(losses.dtype)).sum() * factor;

    private Tensor FusedClasses(Tensor logits, Tensor labels, Tensor? weights, double factor) =>
        logits.dtype == ScalarType.Float32 ? FusedClasses<float>(logits, labels, weights, factor) : FusedClasses<double>(logits, labels, weights, factor);

    private unsafe Tensor FusedClasses<T>(Tensor logits, Tensor labels, Tensor? weights, double factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var label = RegionLabels.OnHost(labels, Classes);

        // Only positive regions count, as a rule a quarter at most: the rest is neither read nor written here.
        long[] positive = [.. Enumerable.Range(0, label.Length).Where(row => label[row] < Classes).Select(row => (long)row)];
        var rows = logits.index_select(0, tensor(positive));
        var gradient = zeros([positive.Length, LogitCount], dtype: logits.dtype);
        var (values, gradients) = ((nint)CpuMemory.Pointer<T>(CpuMemory.Contiguous(rows, logits.dtype)), (nint)CpuMemory.Pointer<T>(gradient));
        var weight = weights is null ? null : CpuMemory.Span<T>(CpuMemory.Contiguous(weights, logits.dtype)).ToArray();
        T[] logCounts = [.. CpuMemory.Span<double>(CpuMemory.Contiguous(cum_samples, ScalarType.Float64)).Slice(0, Classes).ToArray().Select(count => T.CreateChecked(Math.Log(Math.Max(count, 1))))];
        var losses = new double[positive.Length];
        Parallel.For(0, positive.Length, () => new T[Classes], (index, _, work) =>
        {
            var scale = factor * (weight is null ? 1 : double.CreateChecked(weight[positive[index]]));
            var target = new Span<T>((T*)gradients + ((long)index * LogitCount), Classes);
            losses[index] = scale * double.CreateChecked(SeesawKernel<T>.Row(new ReadOnlySpan<T>((T*)values + ((long)index * LogitCount), Classes), (int)label[positive[index]], logCounts, p, q, epsilon, work, target));
            System.Numerics.Tensors.TensorPrimitives.Multiply(target, T.CreateChecked(scale), target);
            return work;
        }, _ => { });
        return PrecomputedGradient.Attach(rows, tensor(losses.Sum(), dtype: logits.dtype), gradient);
    }
}
