using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Losses;

public sealed class SeesawSoftmaxLossTests
{
    // The specification's worked numbers: N = 1000, 100, 10, 0 and z = 2, 1, 0.5, -1.
    [Theory]
    [InlineData(2, 4.559484, 0.942250, 0.046912, -0.989533, 0.000370)]
    [InlineData(0, 0.062137, -0.060246, 0.054792, 0.005267, 0.000186)]
    [InlineData(3, 9.059230, 0.942490, 0.046924, 0.010470, -0.999884)]
    public void LossAndGradientOfTheWorkedExample(long label, double expected, params double[] gradient)
    {
        using var scope = NewDisposeScope();
        using var loss = Counted([1000, 100, 10, 0]);
        var logits = tensor(new[] { 2, 1, 0.5, -1 }, [1, 4]).requires_grad_();
        var value = loss.forward(logits, tensor(new[] { label }), null, 1);
        value.backward();
        Expect.Close(expected, value.item<double>(), 5e-7, 0, "loss");
        Expect.Close(gradient, Expect.Values(logits.grad!), 5e-7, 0, "gradient");
    }

    [Fact]
    public void WithoutItsFactors_ItIsCrossEntropy()
    {
        using var scope = NewDisposeScope();
        using var loss = new SeesawSoftmaxLoss(4, p: 0, q: 0);
        using var entropy = new CrossEntropyLoss(4);
        var (logits, labels) = (Filling.Fill(1, [5, 5], -3, 3), tensor(new long[] { 0, 1, 4, 4, 3 }));
        Expect.Close(entropy.forward(logits, labels, null, 5), loss.forward(logits, labels, null, 5), 1e-12, 0, "loss");
        Expect.Close(entropy.Scores(logits), loss.Scores(logits), 0, 0, "scores");
    }

    [Fact]
    public void BackgroundCountsAsAClass_InTrainingOnly()
    {
        using var scope = NewDisposeScope();
        using var loss = new SeesawSoftmaxLoss(2);
        loss.forward(zeros(4, 3), tensor(new long[] { 0, 2, 2, 2 }), null, 4);
        loss.eval();
        loss.forward(zeros(4, 3), tensor(new long[] { 0, 2, 2, 2 }), null, 4);
        Assert.Equal([1, 0, 3], Expect.Values(loss.CumulativeSamples));
        Assert.Equal(["cum_samples"], loss.state_dict().Keys);
    }

    private static SeesawSoftmaxLoss Counted(double[] counts)
    {
        var loss = new SeesawSoftmaxLoss(counts.Length - 1);
        loss.eval();
        using var untracked = no_grad();
        loss.CumulativeSamples.copy_(tensor(counts));
        return loss;
    }
}
