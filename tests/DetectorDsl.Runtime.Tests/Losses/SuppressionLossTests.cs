using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Losses;

/// <summary>Losses that leave out negatives of some classes on some regions: DropLoss and ACSL.</summary>
public sealed class SuppressionLossTests
{
    [Fact]
    public void DropLossIsThatOfThePublishedCode()
    {
        using var scope = NewDisposeScope();
        var item = Fixtures.OfLoss("drop");
        var (rows, classes, seed) = (item.Whole("N"), item.Whole("C"), item.Whole("seed"));
        using var loss = Drop(item.Shape("tail"));
        var logits = Filling.Fill(seed, [rows, classes], -3, 3).requires_grad_();
        var lots = 0u;
        var value = loss.Loss(logits, tensor(item.Integers("labels")), null, rows, () => Filling.Unit((uint)seed + 5, lots++));
        value.backward();
        Expect.Close(item.Real("loss"), value.item<double>(), 1e-9, 1e-9, "loss");
        Expect.Close(item.Numbers("grad"), Expect.Values(logits.grad!), 1e-9, 1e-9, "gradient");
    }

    [Fact]
    public void WithoutATail_DropLossIsBinaryCrossEntropy() =>
        ExpectEntropy(logits => Drop([0, 0, 0, 0]).forward(logits, tensor(new long[] { 0, 4, 2, 4, 1 }), null, 5, 1), [0, 4, 2, 4, 1]);

    [Fact]
    public void WithoutObjects_DropLossDropsNothing() =>
        ExpectEntropy(logits => Drop([1, 1, 1, 1]).forward(logits, tensor(new long[] { 4, 4, 4, 4, 4 }), null, 5, 1), [4, 4, 4, 4, 4]);

    [Fact]
    public void WithoutBackground_DropLossIsEqualizationLoss()
    {
        using var scope = NewDisposeScope();
        using var equalization = new EqualizationLoss(4, lambda: 0.5);
        equalization.LearnFrequencies(new(10, [1, 9, 1, 9], [1, 9, 1, 9]));
        using var drop = Drop([1, 0, 1, 0]);
        var (logits, labels) = (Filling.Fill(1, [5, 4], -3, 3), tensor(new long[] { 0, 3, 2, 3, 1 }));
        Expect.Close(equalization.forward(logits, labels, null, 5), drop.forward(logits, labels, null, 5, 1), 1e-12, 0, "loss");
    }

    [Fact]
    public void SuppressionLossIsThatOfThePublishedCode()
    {
        using var scope = NewDisposeScope();
        var item = Fixtures.OfLoss("acsl");
        var (rows, classes) = (item.Whole("N"), item.Whole("C"));
        using var loss = Suppression(item.Shape("group"));
        var logits = Filling.Fill(item.Whole("seed"), [rows, classes + 1], -3, 3).requires_grad_();
        var value = loss.Loss(
            logits,
            tensor(item.Integers("labels")),
            null,
            rows,
            item.Integers("rare_rows"),
            item.Integers("common_rows")
        );
        value.backward();
        Expect.Close(item.Real("loss"), value.item<double>(), 1e-9, 1e-9, "loss");
        Expect.Close(item.Numbers("grad"), Expect.Values(logits.grad!), 1e-9, 1e-9, "gradient");
    }

    [Fact]
    public void SuppressionByHand()
    {
        using var scope = NewDisposeScope();
        using var loss = Suppression([2, 0], rareShare: 0);

        // sigmoid(ln 3) = 3/4, above the threshold; sigmoid(0) = 1/2, below it. Object of class 0 with a high rare class: ln 2 + ln 4.
        // Background: its own ln 2, the frequent class ln 2, the rare one not drawn.
        var logits = tensor(new[] { 0, Math.Log(3), 0, 0, Math.Log(3), 0 }, [2, 3]);
        var value = loss.forward(logits, tensor(new long[] { 0, 2 }), null, 2, 1);
        Expect.Close(((3 * Math.Log(2)) + Math.Log(4)) / 2, value.item<double>(), 1e-12, 0, "loss");
    }

    [Theory]
    [InlineData(10, 0.25, 2)]
    [InlineData(3, 0.25, 0)]
    public void SharesOfTheBackgroundRegions_AreRoundedDown(int rows, double share, int drawn)
    {
        using var scope = NewDisposeScope();
        using var loss = Suppression([0], rareShare: share);
        var logits = zeros([rows, 2], ScalarType.Float64).requires_grad_();
        loss.forward(logits, full(rows, 1, dtype: ScalarType.Int64), null, 1, 3).backward();
        Assert.Equal(drawn, Expect.Values(logits.grad!.narrow(1, 0, 1)).Count(value => value != 0));
    }

    [Fact]
    public void WithEveryClassFrequentAndAThresholdOfZero_ItIsBinaryCrossEntropy()
    {
        using var scope = NewDisposeScope();
        using var loss = new AdaptiveClassSuppressionLoss(3, threshold: 0);
        loss.LearnFrequencies(new(1000, [500, 500, 500], [500, 500, 500]));
        var (logits, labels) = (Filling.Fill(1, [5, 4], -3, 3), new long[] { 0, 3, 2, 3, 1 });
        var targets = tensor([.. labels.SelectMany(label => Enumerable.Range(0, 4).Select(column => column == label ? 1.0 : 0))], [5, 4]);
        var entropy = nn.functional.binary_cross_entropy_with_logits(logits, targets, reduction: nn.Reduction.Sum) / 5;
        Expect.Close(entropy, loss.forward(logits, tensor(labels), null, 5, 1), 1e-12, 0, "loss");
    }

    private static void ExpectEntropy(Func<Tensor, Tensor> forward, long[] labels)
    {
        using var scope = NewDisposeScope();
        var logits = Filling.Fill(1, [5, 4], -3, 3);
        var targets = tensor([.. labels.SelectMany(label => Enumerable.Range(0, 4).Select(column => column == label ? 1.0 : 0))], [5, 4]);
        Expect.Close(
            nn.functional.binary_cross_entropy_with_logits(logits, targets, reduction: nn.Reduction.Sum) / 5,
            forward(logits),
            1e-12,
            0,
            "loss"
        );
    }

    private static DropLoss Drop(int[] tail)
    {
        var loss = new DropLoss(tail.Length, lambda: 0.5);
        loss.LearnFrequencies(new(10, [.. tail.Select(rare => rare == 1 ? 1 : 9)], [.. tail]));
        return loss;
    }

    private static AdaptiveClassSuppressionLoss Suppression(int[] groups, double rareShare = 0.01)
    {
        var loss = new AdaptiveClassSuppressionLoss(groups.Length, rareShare: rareShare);
        loss.LearnFrequencies(
            new(
                1000,
                [
                    .. groups.Select(group =>
                        group switch
                        {
                            0 => 10,
                            1 => 100,
                            _ => 101,
                        }
                    ),
                ],
                [.. groups]
            )
        );
        return loss;
    }
}
