using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Training.Optimization;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Optimization;

public sealed class SgdTests
{
    [Fact]
    public void MomentumAndDecayByHand()
    {
        using var scope = NewDisposeScope();
        var weight = TrainedParameter.Of(1, -2);
        using var sgd = new Sgd([TrainedParameter.Group(weight, 0.1)], 0.5);

        // g = 0.5 + 0.1 * 1 = 0.6 and 1 - 0.2 = 0.8; rate 0.1: 0.94 and -2.08.
        TrainedParameter.Give(weight, 0.5, 1);
        sgd.Step(0.1);
        Expect.Close([0.94, -2.08], Expect.Values(weight), 1e-12, 0, "first step");

        // g = 0.094 and -0.208; v = 0.5 * 0.6 + 0.094 = 0.394 and 0.4 - 0.208 = 0.192; rate 0.2.
        TrainedParameter.Give(weight, 0, 0);
        sgd.Step(0.2);
        Expect.Close([0.94 - 0.0788, -2.08 - 0.0384], Expect.Values(weight), 1e-12, 0, "second step");
    }

    [Fact]
    public void NesterovByHand()
    {
        using var scope = NewDisposeScope();
        var weight = TrainedParameter.Of(1);
        using var sgd = new Sgd([TrainedParameter.Group(weight, 0)], 0.5, nesterov: true);

        // v = 1, step 1 + 0.5 * 1 = 1.5; then g = 2: v = 2.5, step 2 + 1.25 = 3.25.
        TrainedParameter.Give(weight, 1);
        sgd.Step(0.1);
        Expect.Close([0.85], Expect.Values(weight), 1e-12, 0, "first step");
        TrainedParameter.Give(weight, 2);
        sgd.Step(0.1);
        Expect.Close([0.525], Expect.Values(weight), 1e-12, 0, "second step");
    }

    [Fact]
    public void WithoutMomentum_ItIsPlainDescent()
    {
        using var scope = NewDisposeScope();
        var weight = TrainedParameter.Of(1, 2);
        using var sgd = new Sgd([TrainedParameter.Group(weight, 0)], 0);
        for (var step = 0; step < 2; step++)
        {
            TrainedParameter.Give(weight, 1, -1);
            sgd.Step(0.25);
        }

        Expect.Close([0.5, 2.5], Expect.Values(weight), 1e-12, 0, "weight");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ManySteps_AreThoseOfTorch(bool nesterov)
    {
        using var scope = NewDisposeScope();
        var (mine, theirs) = (
            new TorchSharp.Modules.Parameter(Filling.Fill(1, [3, 4, 2, 2], -1, 1)),
            new TorchSharp.Modules.Parameter(Filling.Fill(1, [3, 4, 2, 2], -1, 1))
        );
        using var sgd = new Sgd([TrainedParameter.Group(mine, 1e-2)], 0.9, nesterov);
        using var torchs = optim.SGD([theirs], 0.05, momentum: 0.9, weight_decay: 1e-2, nesterov: nesterov);
        for (var step = 0; step < 20; step++)
        {
            mine.grad = Filling.Fill(100 + step, mine.shape, -1, 1);
            theirs.grad = Filling.Fill(100 + step, mine.shape, -1, 1);
            sgd.Step(0.05);
            torchs.step();
        }

        Expect.Close(theirs, mine, 1e-12, 1e-12, "weight");
    }

    [Fact]
    public void GroupsHaveTheirOwnDecay()
    {
        using var scope = NewDisposeScope();
        var (weight, bias) = (TrainedParameter.Of(1), TrainedParameter.Of(1));
        using var sgd = new Sgd([TrainedParameter.Group(weight, 0.5), TrainedParameter.Group(bias, 0, "bias")], 0.9);
        TrainedParameter.Give(weight, 1);
        TrainedParameter.Give(bias, 1);
        sgd.Step(0.1);
        Expect.Close([0.85, 0.9], [Expect.Values(weight)[0], Expect.Values(bias)[0]], 1e-12, 0, "weights");
    }

    [Fact]
    public void NonFiniteStep_ChangesNothing()
    {
        using var scope = NewDisposeScope();
        var weight = TrainedParameter.Of(1);
        using var sgd = new Sgd([TrainedParameter.Group(weight, 0.1)], 0.9);
        TrainedParameter.Give(weight, 1);
        sgd.Step(0.1, tensor(new[] { 0f }));
        var (before, velocity) = (Expect.Values(weight), Expect.Values(sgd.State().Single().Value));
        Assert.NotEqual(1, before[0]);
        TrainedParameter.Give(weight, double.NaN);
        sgd.Step(0.1, tensor(new[] { 1f }));
        Assert.Equal(before, Expect.Values(weight));
        Assert.Equal(velocity, Expect.Values(sgd.State().Single().Value));
    }

    [Fact]
    public void ParametersWithoutGradient_StayAsTheyAre()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (TrainedParameter.Of(1), TrainedParameter.Of(1));
        using var sgd = new Sgd([new ParameterGroup([("a", first), ("b", second)], 0.1)], 0.9);
        sgd.Step(0.1);
        TrainedParameter.Give(second, 1);
        sgd.Step(0.1);
        Assert.Equal([1], Expect.Values(first));
        Assert.NotEqual([1], Expect.Values(second));
        sgd.ZeroGradients();
        Assert.Null(second.grad);
    }

    [Fact]
    public void StateGoesOver()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (TrainedParameter.Of(1), TrainedParameter.Of(1));
        using var one = new Sgd([TrainedParameter.Group(first, 0)], 0.9);
        using var two = new Sgd([TrainedParameter.Group(second, 0)], 0.9);
        TrainedParameter.Give(first, 1);
        one.Step(0.1);
        Assert.Equal(["velocity.weight"], one.State().Select(pair => pair.Key));
        two.LoadState(name => one.State().Single(pair => pair.Key == name).Value.clone());
        two.LoadState(_ => null);
        using (no_grad())
        {
            second.copy_(first);
        }

        foreach (var (sgd, weight) in new[] { (one, first), (two, second) })
        {
            TrainedParameter.Give(weight, -3);
            sgd.Step(0.1);
        }

        Assert.Equal(Expect.Values(first), Expect.Values(second));
    }

    [Fact]
    public void StateOfAnotherShape_IsRefused()
    {
        using var scope = NewDisposeScope();
        var weight = TrainedParameter.Of(1, 2);
        using var sgd = new Sgd([TrainedParameter.Group(weight, 0)], 0.9);
        var error = Assert.Throws<ArgumentException>(() => sgd.LoadState(_ => ones(1, dtype: ScalarType.Float64)));
        Assert.Contains("velocity.weight", error.Message, StringComparison.Ordinal);
    }
}
