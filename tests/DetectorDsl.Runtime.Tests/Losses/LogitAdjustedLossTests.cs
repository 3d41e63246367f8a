using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Losses;

public sealed class LogitAdjustedLossTests
{
    [Fact]
    public void ByHand()
    {
        using var scope = NewDisposeScope();
        using var loss = Of([1, 3], tau: 1, share: 0.5);

        // Logits 0: the shares are the priors: 1/8, 3/8 and 1/2 for background.
        var value = loss.forward(zeros([3, 3], ScalarType.Float64), tensor(new long[] { 0, 1, 2 }), null, 3);
        Expect.Close((Math.Log(8) + Math.Log(8.0 / 3) + Math.Log(2)) / 3, value.item<double>(), 1e-12, 0, "loss");
        Expect.Close([1.0 / 3, 1.0 / 3, 1.0 / 3], Expect.Values(loss.Scores(zeros([1, 3], ScalarType.Float64))), 1e-12, 0, "scores");
    }

    [Theory]
    [InlineData(1, 7, 1.0 / 6)]
    [InlineData(0, 40, 0.9)]
    public void EqualPriorsOrNoStrength_IsCrossEntropy(double tau, int last, double share)
    {
        using var scope = NewDisposeScope();
        using var loss = Of([7, 7, 7, 7, last], tau, share);
        using var entropy = new CrossEntropyLoss(5);
        var (logits, labels) = (Filling.Fill(1, [6, 6], -3, 3), tensor(new long[] { 0, 1, 2, 3, 4, 5 }));
        Expect.Close(entropy.forward(logits, labels, null, 6), loss.forward(logits, labels, null, 6), 1e-12, 0, "loss");
    }

    [Fact]
    public void LossAndGradientAreTorchs()
    {
        var item = Fixtures.OfLoss("logit_adjusted");
        var (rows, classes) = (item.Whole("N"), item.Whole("C"));
        Assert.Equal(2, item.GetProperty("cases").GetArrayLength());
        foreach (var variant in item.GetProperty("cases").EnumerateArray())
        {
            using var scope = NewDisposeScope();
            using var loss = Of(item.Shape("counts"), variant.Real("tau"), variant.Real("share"));
            var logits = Filling.Fill(item.Whole("seed"), [rows, classes + 1], -2, 2).requires_grad_();
            var value = loss.forward(logits, tensor(item.Integers("labels")), null, rows);
            value.backward();
            Expect.Close(variant.Real("loss"), value.item<double>(), 1e-9, 1e-9, "loss");
            Expect.Close(variant.Numbers("grad"), Expect.Values(logits.grad!), 1e-9, 1e-9, "gradient");
        }
    }

    private static LogitAdjustedLoss Of(int[] counts, double tau, double share)
    {
        var loss = new LogitAdjustedLoss(counts.Length, tau, share);
        loss.LearnFrequencies(new(1, [.. new int[counts.Length]], [.. counts]));
        return loss;
    }
}
