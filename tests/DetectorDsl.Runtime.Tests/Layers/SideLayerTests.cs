using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Layers;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Layers;

/// <summary>The parts of a side-aware box head.</summary>
public sealed class SideLayerTests
{
    [Fact]
    public void AttentionAveragesOverAnAxis()
    {
        using var scope = NewDisposeScope();

        // One channel, 2 x 3: rows 1 2 3 and 4 5 6. Sigmoids 3/4 and 1/4 in the first column, 1/2 elsewhere.
        var features = tensor(new double[] { 1, 2, 3, 4, 5, 6 }, [1, 1, 2, 3]);
        var logits = tensor(new[] { Math.Log(3), 0, 0, -Math.Log(3), 0, 0 }, [1, 1, 2, 3]);
        Expect.Close([1.75, 3.5, 4.5], Expect.Values(AxisAttention.Pool(features, logits, 2)), 1e-12, 0, "over the rows");

        // 3/4, 1/2, 1/2 of a sum of 7/4; 1/4, 1/2, 1/2 of 5/4.
        Expect.Close(
            [((3 * 1) + (2 * 2) + (2 * 3)) / 7.0, (4 + (2 * 5) + (2 * 6)) / 5.0],
            Expect.Values(AxisAttention.Pool(features, logits, 3)),
            1e-12,
            0,
            "over the columns"
        );
        Assert.Equal([1, 1, 2], AxisAttention.Pool(features, logits, 3).shape);
    }

    [Fact]
    public void AttentionThatIsNearlyNothingEverywhere_IsStillShared()
    {
        using var scope = NewDisposeScope();
        var features = tensor(new[] { 1f, 3f }, [1, 1, 2, 1]);
        Expect.Close([2], Expect.Values(AxisAttention.Pool(features, tensor(new[] { -1000f, -1000f }, [1, 1, 2, 1]), 2)), 1e-6, 0, "equal");
        Expect.Close(
            [2.5],
            Expect.Values(AxisAttention.Pool(features, tensor(new[] { -1000f, -1000f + MathF.Log(3) }, [1, 1, 2, 1]), 2)),
            1e-4,
            0,
            "one to three"
        );
    }

    [Fact]
    public void SidesBeginOutside()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([1, 2, 4, 3], Expect.Values(SideSplit.Of(tensor(new float[] { 1, 2, 3, 4 }, [1, 4]))));
        Assert.Equal([1, 2, 3, 5, 4, 3], Expect.Values(SideSplit.Of(tensor(new float[] { 1, 2, 3, 4, 5 }, [1, 5]))));
    }

    [Fact]
    public void FirstWeights_AreHesOverTheOutgoingConnections()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        var wide = Initialize.KaimingConvolution(64, 64, (1, 3));
        Assert.Equal([64, 64, 1, 3], wide.weight!.shape);
        Assert.Equal([2, 64, 5, 7], wide.call(zeros(2, 64, 5, 7)).shape);
        Expect.Close(Math.Sqrt(2.0 / (64 * 3)), wide.weight!.std().item<float>(), 0, 0.02, "deviation");
        Assert.Equal(0, wide.bias!.abs().sum().item<float>());

        var stretching = Initialize.KaimingStretching(64, 2);
        Assert.Equal([64, 64, 2], stretching.weight!.shape);
        Assert.Equal([3, 64, 14], stretching.call(zeros(3, 64, 7)).shape);
        Expect.Close(Math.Sqrt(2.0 / (64 * 2)), stretching.weight!.std().item<float>(), 0, 0.02, "deviation");
        Assert.Equal(0, stretching.bias!.abs().sum().item<float>());
    }

    [Fact]
    public void NothingElseStaysAlive()
    {
        using var features = ones(2, 4, 3, 3).requires_grad_();
        using var logits = zeros(2, 1, 3, 3).requires_grad_();
        using var line = ones(2, 5);
        LiveTensors.OnlyResultsStay("attention", () => [AxisAttention.Pool(features, logits, 2)]);
        LiveTensors.OnlyResultsStay("sides", () => [SideSplit.Of(line)]);
    }
}
