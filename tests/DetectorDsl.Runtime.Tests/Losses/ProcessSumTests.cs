using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Losses;

/// <summary>Two copies of a loss on two threads, in place of two processes, count what both see.</summary>
public sealed class ProcessSumTests
{
    private static readonly long[][] Labels =
    [
        [0, 2, 2, 4],
        [4, 2, 1, 0],
    ];

    [Fact]
    public void SeesawLoss_CountsTheLabelsOfAll()
    {
        var counts = BothCopies(
            () => new SeesawLoss(4),
            6,
            (loss, logits, labels) =>
            {
                loss.forward(logits, labels, null, 4);
                return Expect.Values(loss.CumulativeSamples);
            }
        );
        Assert.Equal([4, 2, 6, 0, 4], counts[0]);
        Assert.Equal(counts[0], counts[1]);
    }

    [Fact]
    public void SeesawLossAlone_CountsItsOwn()
    {
        using var scope = NewDisposeScope();
        using var loss = new SeesawLoss(4);
        loss.Observe(tensor(Labels[0]));
        Assert.Equal([1, 0, 2, 0, 1], Expect.Values(loss.CumulativeSamples));
    }

    [Fact]
    public void GradientRatios_AreThoseOfAll()
    {
        var ratios = BothCopies(
            () => new EqualizationLossV2(4),
            5,
            (loss, logits, labels) =>
            {
                loss.forward(logits, labels, null, 4);
                return Expect.Values(loss.get_buffer("pos_neg")!);
            }
        );
        Assert.Equal(ratios[0], ratios[1]);

        // One copy that sees all the regions of each step.
        using var scope = NewDisposeScope();
        using var whole = new EqualizationLossV2(4);
        for (var step = 0; step < 2; step++)
        {
            whole.forward(
                cat([Filling.Fill(step, [4, 5], -2, 2), Filling.Fill(step + 10, [4, 5], -2, 2)]),
                tensor([.. Labels[0], .. Labels[1]]),
                null,
                8
            );
        }

        Expect.Close(Expect.Values(whole.get_buffer("pos_neg")!), ratios[0], 1e-12, 1e-12, "ratios");
    }

    [Fact]
    public void GradientStatistics_AreThoseOfAll()
    {
        var sums = BothCopies(
            () => new CrossEntropyLoss(4) { Statistics = new GradientStatistics(4) },
            5,
            (loss, logits, labels) =>
            {
                loss.forward(loss.Watched(logits.requires_grad_(), labels), labels, null, 4).backward();
                return Expect.Values(loss.Statistics!.Sums);
            }
        );
        Assert.Equal(sums[0], sums[1]);

        using var scope = NewDisposeScope();
        using var whole = new CrossEntropyLoss(4) { Statistics = new GradientStatistics(4) };
        for (var step = 0; step < 2; step++)
        {
            var labels = tensor([.. Labels[0], .. Labels[1]]);
            var logits = cat([Filling.Fill(step, [4, 5], -2, 2), Filling.Fill(step + 10, [4, 5], -2, 2)]).requires_grad_();
            whole.forward(whole.Watched(logits, labels), labels, null, 4).backward();
        }

        Expect.Close(Expect.Values(whole.Statistics!.Sums), sums[0], 1e-12, 1e-12, "sums");
    }

    // Two steps of two copies, each with its own regions.
    private static double[][] BothCopies<T>(Func<T> make, int columns, Func<T, Tensor, Tensor, double[]> step)
        where T : ClassificationLoss
    {
        using var sum = new ThreadSum(2);
        var results = new double[2][];
        var threads = Enumerable
            .Range(0, 2)
            .Select(copy => new Thread(() =>
            {
                using var scope = NewDisposeScope();
                using var loss = make();
                loss.Processes = sum;
                for (var round = 0; round < 2; round++)
                {
                    results[copy] = step(loss, Filling.Fill(round + (10 * copy), [4, columns], -2, 2), tensor(Labels[copy]));
                }
            }))
            .ToList();
        threads.ForEach(thread => thread.Start());
        Assert.All(threads, thread => Assert.True(thread.Join(TimeSpan.FromSeconds(60))));
        return results;
    }

    private sealed class ThreadSum(int copies) : IProcessSum, IDisposable
    {
        private readonly Barrier barrier = new(copies);
        private readonly Lock access = new();
        private double[]? total;

        public void Sum(Tensor values)
        {
            using var scope = NewDisposeScope();
            lock (access)
            {
                total = total is null ? Expect.Values(values) : [.. total.Zip(Expect.Values(values), (a, b) => a + b)];
            }

            barrier.SignalAndWait();
            values.copy_(tensor(total!, values.shape));
            barrier.SignalAndWait();
            total = null;
            barrier.SignalAndWait();
        }

        public void Dispose() => barrier.Dispose();
    }
}
