using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Training.Optimization;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Optimization;

public sealed class AdamWTests
{
    [Fact]
    public void FirstStepByHand()
    {
        using var scope = NewDisposeScope();
        var weight = TrainedParameter.Of(2, -1);
        using var adam = new AdamW([TrainedParameter.Group(weight, 0.1)], 0.9, 0.999, 1e-8);

        // Corrected moments of the first step are g and g^2: w (1 - 0.01 * 0.1) - 0.01 g / (|g| + 1e-8).
        TrainedParameter.Give(weight, 4, -0.5);
        adam.Step(0.01);
        Expect.Close(
            [2 - 0.002 - (0.01 * 4 / (4 + 1e-8)), -1 + 0.001 + (0.01 * 0.5 / (0.5 + 1e-8))],
            Expect.Values(weight),
            1e-12,
            0,
            "weight"
        );

        // Second step with g = 0: m = 0.9 * 0.4, corrected by 0.19; v = 0.999 * 0.016, corrected by 0.001999.
        var before = Expect.Values(weight)[0];
        TrainedParameter.Give(weight, 0, 0);
        adam.Step(0.01);
        var expected = (before * (1 - 0.001)) - (0.01 * (0.36 / 0.19) / (Math.Sqrt(0.015984 / 0.001999) + 1e-8));
        Expect.Close(expected, Expect.Values(weight)[0], 1e-12, 0, "second step");
    }

    [Fact]
    public void ManySteps_AreThoseOfTorch()
    {
        using var scope = NewDisposeScope();
        var (mine, theirs) = (
            new TorchSharp.Modules.Parameter(Filling.Fill(1, [3, 4, 2, 2], -1, 1)),
            new TorchSharp.Modules.Parameter(Filling.Fill(1, [3, 4, 2, 2], -1, 1))
        );
        using var adam = new AdamW([TrainedParameter.Group(mine, 0.05)]);
        using var torchs = optim.AdamW([theirs], 0.01, weight_decay: 0.05);
        for (var step = 0; step < 20; step++)
        {
            mine.grad = Filling.Fill(100 + step, mine.shape, -1, 1);
            theirs.grad = Filling.Fill(100 + step, mine.shape, -1, 1);
            adam.Step(0.01);
            torchs.step();
        }

        Expect.Close(theirs, mine, 1e-10, 1e-10, "weight");
    }

    [Fact]
    public void GroupsHaveTheirOwnDecay()
    {
        using var scope = NewDisposeScope();
        var (weight, bias) = (TrainedParameter.Of(1), TrainedParameter.Of(1));
        using var adam = new AdamW([TrainedParameter.Group(weight, 0.5), TrainedParameter.Group(bias, 0, "bias")]);
        TrainedParameter.Give(weight, 0);
        TrainedParameter.Give(bias, 0);
        adam.Step(0.1);
        Expect.Close([0.95, 1], [Expect.Values(weight)[0], Expect.Values(bias)[0]], 1e-12, 0, "weights");
    }

    [Fact]
    public void NonFiniteStep_ChangesNothingAndDoesNotCount()
    {
        using var scope = NewDisposeScope();
        var weight = TrainedParameter.Of(1);
        using var adam = new AdamW([TrainedParameter.Group(weight, 0.1)]);
        TrainedParameter.Give(weight, 1);
        adam.Step(0.1, tensor(new[] { 0f }));
        double[] State() => [.. adam.State().SelectMany(pair => Expect.Values(pair.Value)), .. Expect.Values(weight)];
        var before = State();
        TrainedParameter.Give(weight, double.PositiveInfinity);
        adam.Step(0.1, tensor(new[] { 1f }));
        Assert.Equal(before, State());
        Assert.Equal([1], Expect.Values(adam.State().Single(pair => pair.Key == "step.weight").Value));
    }

    [Fact]
    public void StateGoesOver()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (TrainedParameter.Of(1), TrainedParameter.Of(1));
        using var one = new AdamW([TrainedParameter.Group(first, 0)]);
        using var two = new AdamW([TrainedParameter.Group(second, 0)]);
        TrainedParameter.Give(first, 1);
        one.Step(0.1);
        Assert.Equal(["mean.weight", "square.weight", "step.weight"], one.State().Select(pair => pair.Key));
        two.LoadState(name => one.State().Single(pair => pair.Key == name).Value.clone());
        using (no_grad())
        {
            second.copy_(first);
        }

        foreach (var (adam, weight) in new[] { (one, first), (two, second) })
        {
            TrainedParameter.Give(weight, -3);
            adam.Step(0.1);
        }

        Assert.Equal(Expect.Values(first), Expect.Values(second));
        Assert.Throws<ArgumentException>(() => two.LoadState(_ => ones(1, 1)));
    }
}
