using DetectorDsl.Native;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Balanced Group Softmax (Li et al. 2020, section 4): a softmax of its own for each group of classes with a like number of instances.</summary>
/// <remarks>
/// Logits are R x (C + 6): for each of four groups "others" and its classes by label, then "foreground" and "background". Loss = sum over groups of the mean
/// cross-entropy over the rows that the group uses: its own, and at most beta times as many drawn from the others; the last group uses all rows, and a
/// group without own rows none. The divisor of other losses plays no part. Score = share within the group times that of "foreground".
/// Buffer <c>instance_counts</c>: instances of the C classes, from which the groups follow. Source: tztztztztz/eqlv2, mmdet/models/losses/group_softmax.py
/// (the paper's own code orders the columns otherwise).
/// </remarks>
public sealed class GroupSoftmaxLoss : ClassificationLoss
{
    private readonly Tensor instance_counts;
    private readonly int[] bounds;
    private readonly double beta;
    private readonly double lossWeight;
    private bool informed;

    /// <summary>Fixes the classes and the groups' bounds.</summary>
    /// <param name="classes">C.</param>
    /// <param name="bounds">Instance counts at which a new group begins, rising; null for 10, 100, 1,000.</param>
    /// <param name="beta">Most rows of others that a group uses for each row of its own.</param>
    /// <param name="lossWeight">Factor of the term.</param>
    public GroupSoftmaxLoss(int classes, IReadOnlyList<int>? bounds = null, double beta = 8.0, double lossWeight = 1.0)
        : base(classes)
    {
        (this.bounds, this.beta, this.lossWeight) = ([.. bounds ?? [10, 100, 1000]], beta, lossWeight);
        instance_counts = zeros([classes], dtype: ScalarType.Int64);
        register_buffer(nameof(instance_counts), instance_counts);
    }

    /// <inheritdoc />
    public override int LogitCount => Classes + bounds.Length + 3;

    /// <summary>Instances of each class: C numbers.</summary>
    public Tensor InstanceCounts => instance_counts;

    /// <inheritdoc />
    public override long[] ClassColumns()
    {
        using var scope = NewDisposeScope();
        return Layout().ClassColumns();
    }

    /// <inheritdoc />
    public override void LearnFrequencies(ClassFrequencies frequencies)
    {
        CheckClasses(frequencies);
        using var untracked = no_grad();
        using var values = tensor([.. frequencies.InstanceCounts.Select(count => (long)count)]);
        instance_counts.copy_(values);
        informed = true;
    }

    /// <inheritdoc />
    public override IReadOnlyList<string> Describe()
    {
        if (!informed)
        {
            return [];
        }

        var counts = CpuMemory.Span<long>(CpuMemory.Contiguous(instance_counts, ScalarType.Int64)).ToArray();
        int[] edges = [0, .. bounds, int.MaxValue];
        var groups = edges.Zip(edges.Skip(1), (low, high) =>
            $"{counts.Count(count => count >= low && count < high)} {(high == int.MaxValue ? $"of {low} objects and more" : $"of {low} to {high - 1}")}"
        );
        return [$"Group Softmax: of {Classes} classes {string.Join(", ", groups)}."];
    }

    /// <summary>The loss.</summary>
    /// <param name="logits">R x (C + 6).</param>
    /// <param name="labels">R labels, 0 to C - 1 or C for background.</param>
    /// <param name="weights">R weights; null for 1.</param>
    /// <param name="averageFactor">Without effect: each group is averaged over the rows that it uses.</param>
    /// <param name="stepSeed">Seed of the rows drawn from the others.</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="InvalidOperationException">The class frequencies are not known yet.</exception>
    public Tensor forward(Tensor logits, Tensor labels, Tensor? weights, double averageFactor, long stepSeed)
    {
        CheckInformed(informed);
        return Loss(logits, labels, weights, (rest, count, group) => Drawn(rest, count, RandomSource.For(stepSeed, group, 31)));
    }

    /// <inheritdoc />
    public override Tensor Scores(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        var layout = Layout();
        var shares = cat(
            [.. layout.Starts.Select((start, group) => nn.functional.softmax(logits.narrow(1, start, layout.Sizes[group]), 1))],
            1
        );
        var classes = shares.index_select(1, tensor(layout.ClassColumns(), device: logits.device));
        var foreground = shares.narrow(1, layout.Starts[layout.BackgroundGroup], 2);
        return cat([classes * foreground.narrow(1, 0, 1), foreground.narrow(1, 1, 1)], 1).MoveToOuterDisposeScope();
    }

    /// <summary>The loss with rows of others that someone else draws: from the rows there are, so many, for a group.</summary>
    internal Tensor Loss(Tensor logits, Tensor labels, Tensor? weights, Func<long[], int, int, IEnumerable<long>> draw)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        var label = RegionLabels.OnHost(labels, Classes);
        var layout = Layout();

        // One backward pass joins the groups' gradients.
        var groups = logits.split([.. layout.Sizes.Select(size => (long)size)], 1);
        var total = logits.sum().Times(0);
        for (var group = 0; group < groups.Length; group++)
        {
            long[] slots = [.. label.Select(value => layout.Slot(group, value))];
            if (Rows(slots, group) is { Length: > 0 } used)
            {
                var rows = tensor(used, device: logits.device);
                var losses = nn.functional.cross_entropy(
                    groups[group].index_select(0, rows),
                    tensor([.. used.Select(row => slots[row])], device: logits.device),
                    reduction: nn.Reduction.None
                );
                total = total.Plus(SeesawLoss.Weighted(losses, weights?.index_select(0, rows), lossWeight / used.Length));
            }
        }

        return total.MoveToOuterDisposeScope();

        long[] Rows(long[] slots, int group)
        {
            var all = Enumerable.Range(0, slots.Length).Select(row => (long)row);
            if (group == layout.BackgroundGroup)
            {
                return [.. all];
            }

            var rest = all.Where(row => slots[row] == 0).ToArray();
            var own = slots.Length - rest.Length;
            if (own == 0)
            {
                return [];
            }

            var wanted = (int)Math.Min(rest.Length, own * beta);
            return [.. all.Where(row => slots[row] > 0), .. wanted == rest.Length ? rest : draw(rest, wanted, group)];
        }
    }

    private static IEnumerable<long> Drawn(long[] rest, int count, RandomSource random)
    {
        random.Shuffle(rest.AsSpan());
        return rest.Take(count);
    }

    private GroupLayout Layout()
    {
        using var scope = NewDisposeScope();
        return new GroupLayout(CpuMemory.Span<long>(CpuMemory.Contiguous(instance_counts, ScalarType.Int64)), bounds);
    }
}
