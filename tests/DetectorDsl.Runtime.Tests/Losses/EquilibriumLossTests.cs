using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Losses;

public sealed class EquilibriumLossTests
{
    [Fact]
    public void EachObjectCountsOnce_WithTheMeanOverItsRegions()
    {
        using var scope = NewDisposeScope();
        using var loss = new EquilibriumLoss(2, momentum: 0.5, firstScore: 0.5, backgroundScore: 0.25);

        // Scores of class 0: 1/4 and 1/2 for one object, 3/4 for another: means 3/8 and 3/4; two objects leave a quarter of 1/2.
        var (quarter, half, most) = (Math.Log(0.25), Math.Log(0.5), Math.Log(0.75));
        var logits = tensor(
            new[] { quarter, half, quarter, half, quarter, quarter, most, Math.Log(0.125), Math.Log(0.125), 0, 0, 0 },
            [4, 3]
        );
        loss.Observe(logits, tensor(new long[] { 0, 0, 0, 2 }), [7, 7, 9]);
        Expect.Close([(0.5 / 4) + (0.75 * 0.5625), 0.5, 0.25], Expect.Values(loss.MeanScores), 1e-12, 0, "means");
    }

    [Fact]
    public void WithEqualMeans_ItIsCrossEntropy()
    {
        using var scope = NewDisposeScope();
        using var loss = new EquilibriumLoss(5);
        loss.eval();
        using var entropy = new CrossEntropyLoss(5);
        var (logits, labels) = (Filling.Fill(1, [6, 6], -3, 3), tensor(new long[] { 0, 1, 2, 3, 4, 5 }));
        Expect.Close(entropy.forward(logits, labels, null, 6), loss.forward(logits, labels, null, 6, [0, 1, 2, 3, 4]), 1e-12, 0, "loss");
        Expect.Close(entropy.Scores(logits), loss.Scores(logits), 0, 0, "scores");
    }

    [Fact]
    public void MeansAreABufferOfTheStateDict()
    {
        using var loss = new EquilibriumLoss(5);
        Assert.Equal(["mean_score"], loss.state_dict().Keys);
        Assert.Equal(Enumerable.Repeat(0.01, 6), Expect.Values(loss.MeanScores));
    }

    [Fact]
    public void TooFewObjects_AreRefused()
    {
        using var scope = NewDisposeScope();
        using var loss = new EquilibriumLoss(2);
        var error = Assert.Throws<ArgumentException>(() => loss.forward(zeros(2, 3), tensor(new long[] { 0, 2 }), null, 2, []));
        Assert.Contains("1 regions are on objects, the objects of 0 are given", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LossGradientAndMeansAreThoseOfThePublishedCode()
    {
        using var scope = NewDisposeScope();
        var item = Fixtures.OfLoss("equilibrium");
        var (rows, classes) = (item.Whole("N"), item.Whole("C"));
        using var loss = new EquilibriumLoss(classes);
        Assert.Equal(2, item.GetProperty("calls").GetArrayLength());
        foreach (var call in item.GetProperty("calls").EnumerateArray())
        {
            var logits = Filling.Fill(call.Whole("seed"), [rows, classes + 1], -2, 2).requires_grad_();
            var value = loss.forward(logits, tensor(call.Integers("labels")), null, rows, call.Integers("objects"));
            value.backward();
            Expect.Close(call.Real("loss"), value.item<double>(), 1e-9, 1e-9, "loss");
            Expect.Close(call.Numbers("grad"), Expect.Values(logits.grad!), 1e-9, 1e-9, "gradient");
            Expect.Close(call.Numbers("mean_score"), Expect.Values(loss.MeanScores), 1e-9, 1e-9, "means");
        }
    }
}
