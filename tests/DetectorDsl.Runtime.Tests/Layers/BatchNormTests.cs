using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Layers;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Layers;

public sealed class BatchNormTests
{
    // One channel, values 1 and 3: mean 2, variance 1, and 2 without bias.
    private static Tensor Input => tensor(new float[] { 1, 3 }, [2, 1, 1, 1]);

    [Fact]
    public void Train_UsesTheBatchAndKeepsItsStatistics()
    {
        using var scope = NewDisposeScope();
        using var norm = new BatchNorm(1, epsilon: 3, momentum: 0.25);

        // (1 - 2) / sqrt(1 + 3) = -0.5. Running: 0.25 * 2, 0.75 + 0.25 * 2.
        Expect.Close([-0.5, 0.5], Expect.Values(norm.call(Input)), 1e-6, 0, "output");
        Expect.Close([0.5, 1.25, 1], Statistics(norm), 1e-6, 0, "statistics");

        // Evaluation uses them as they are: (1 - 0.5) / sqrt(1.25 + 3).
        norm.eval();
        Expect.Close([0.5 / Math.Sqrt(4.25), 2.5 / Math.Sqrt(4.25)], Expect.Values(norm.call(Input)), 1e-6, 0, "evaluation");
        Expect.Close([0.5, 1.25, 1], Statistics(norm), 1e-6, 0, "statistics after evaluation");
    }

    [Fact]
    public void Train_IsTorchsOwn()
    {
        using var scope = NewDisposeScope();
        using var mine = new BatchNorm(5);
        using var theirs = nn.BatchNorm2d(5);
        for (var step = 0; step < 3; step++)
        {
            var input = Filling.Fill(step, [4, 5, 3, 2], -2, 3, ScalarType.Float32);
            Expect.Close(theirs.call(input), mine.call(input), 1e-6, 1e-6, $"step {step}");
        }

        Assert.Equal(theirs.state_dict().Keys.Order(), mine.state_dict().Keys.Order());
        foreach (var (name, value) in theirs.state_dict())
        {
            Expect.Close(value, mine.state_dict()[name], 1e-6, 1e-6, name);
        }
    }

    [Fact]
    public void Evaluate_LearnsScaleAndShiftOnly()
    {
        using var scope = NewDisposeScope();
        using var norm = new BatchNorm(1, BatchNormMode.Evaluate, epsilon: 0);
        var output = norm.call(Input);
        Expect.Close([1, 3], Expect.Values(output), 1e-6, 0, "output");
        Expect.Close([0, 1, 0], Statistics(norm), 0, 0, "statistics");
        output.sum().backward();
        Assert.Equal([4, 2], norm.parameters().SelectMany(parameter => Expect.Values(parameter.grad!)));
    }

    [Fact]
    public void Frozen_LearnsNothing()
    {
        using var scope = NewDisposeScope();
        using var norm = new BatchNorm(1, BatchNormMode.Frozen, epsilon: 0);
        var input = Input.requires_grad_();
        norm.call(input).sum().backward();
        Expect.Close([0, 1, 0], Statistics(norm), 0, 0, "statistics");
        Assert.All(norm.parameters(), parameter => Assert.False(parameter.requires_grad));
        Assert.Equal([1, 1], Expect.Values(input.grad!));
    }

    [Fact]
    public void FrozenLater_RunsOnItsStatistics()
    {
        using var scope = NewDisposeScope();
        using var norm = new BatchNorm(1, epsilon: 0);
        Freeze.Parameters(norm);
        Expect.Close([1, 3], Expect.Values(norm.call(Input)), 1e-6, 0, "output");
        Expect.Close([0, 1, 0], Statistics(norm), 0, 0, "statistics");
    }

    [Fact]
    public void NamesAreThoseOfTorch()
    {
        using var norm = new BatchNorm(3);
        Assert.Equal(
            ["bias", "num_batches_tracked", "running_mean", "running_var", "weight"],
            norm.state_dict().Keys.Order(StringComparer.Ordinal)
        );
        Assert.Equal([], norm.state_dict()["num_batches_tracked"].shape);
        Assert.Equal(["bias", "weight"], norm.named_parameters().Select(item => item.name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void GroupNormByHand()
    {
        using var scope = NewDisposeScope();
        var factory = NormFactory.Group(2, epsilon: 3);
        using var norm = factory.Create(4);
        Assert.Equal("gn", factory.Key);

        // Groups (1, 3) and (10, 14): stds sqrt(1 + 3), sqrt(4 + 3).
        var output = norm.call(tensor(new float[] { 1, 3, 10, 14 }, [1, 4, 1, 1]));
        Expect.Close([-0.5, 0.5, -2 / Math.Sqrt(7), 2 / Math.Sqrt(7)], Expect.Values(output), 1e-6, 0, "output");
        Assert.Equal(["bias", "weight"], norm.state_dict().Keys.Order(StringComparer.Ordinal));
    }

    private static double[] Statistics(BatchNorm norm) =>
        [
            Expect.Values(norm.state_dict()["running_mean"])[0],
            Expect.Values(norm.state_dict()["running_var"])[0],
            Expect.Values(norm.state_dict()["num_batches_tracked"])[0],
        ];
}
