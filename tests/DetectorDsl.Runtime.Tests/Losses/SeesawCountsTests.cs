using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Losses;

public sealed class SeesawCountsTests
{
    private static readonly long[] Labels = [0, 2, 2, 3, 3, 3];

    [Fact]
    public void Online_CountsEveryLabelOfATrainingStep()
    {
        using var loss = new SeesawLoss(3);
        Step(loss);
        Step(loss);
        Assert.Equal([2, 0, 4, 6], Expect.Values(loss.CumulativeSamples));
    }

    [Fact]
    public void Online_CountsRegionsOfWeightZeroToo()
    {
        using var scope = NewDisposeScope();
        using var loss = new SeesawLoss(3);
        loss.forward(zeros(6, 5), tensor(Labels), zeros(6), 6);
        Assert.Equal([1, 0, 2, 3], Expect.Values(loss.CumulativeSamples));
    }

    [Fact]
    public void Evaluation_DoesNotCount()
    {
        using var loss = new SeesawLoss(3);
        loss.eval();
        Step(loss);
        Assert.Equal([0, 0, 0, 0], Expect.Values(loss.CumulativeSamples));
    }

    [Fact]
    public void SecondUseInAStep_DoesNotCount()
    {
        using var scope = NewDisposeScope();
        using var loss = new SeesawLoss(3);
        loss.Loss(zeros(6, 5), tensor(Labels), null, 6);
        Assert.Equal([0, 0, 0, 0], Expect.Values(loss.CumulativeSamples));
    }

    [Theory]
    [InlineData(SeesawCounts.DataSet)]
    [InlineData(SeesawCounts.Frozen)]
    public void FixedCounts_StayAsTheyAre(SeesawCounts counts)
    {
        using var loss = new SeesawLoss(3, counts: counts, classCounts: [5, 6, 7]);
        Step(loss);
        Assert.Equal(counts == SeesawCounts.DataSet ? [5, 6, 7, 0] : [0, 0, 0, 0], Expect.Values(loss.CumulativeSamples));
    }

    [Fact]
    public void DataSetWithoutCounts_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => new SeesawLoss(3, counts: SeesawCounts.DataSet, classCounts: [1, 2]));
        Assert.Contains("3 class counts are needed, 2 are given", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new SeesawLoss(3, counts: SeesawCounts.DataSet));
        var unknown = Assert.Throws<ArgumentException>(() => new SeesawLoss(3, counts: SeesawCounts.DataSet, classCounts: [1, -1, 2]));
        Assert.Contains("instances class 1 has is not known. State instance_count", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CountsAreABufferOfTheStateDict()
    {
        using var loss = new SeesawLoss(3);
        Assert.Equal(["cum_samples"], loss.state_dict().Keys);
        Assert.Empty(loss.parameters());
        Assert.Equal([4], loss.CumulativeSamples.shape);
    }

    [Fact]
    public void CountsSurviveAChangeOfPrecision()
    {
        using var loss = new SeesawLoss(3);
        Step(loss);
        loss.to(ScalarType.Float32);
        Step(loss);
        Assert.Equal([2, 0, 4, 6], Expect.Values(loss.CumulativeSamples));
    }

    [Fact]
    public void CountsAreExactBeyondSinglePrecision()
    {
        using var scope = NewDisposeScope();
        using var loss = new SeesawLoss(3);
        using (no_grad())
        {
            loss.CumulativeSamples.fill_(1 << 24);
        }

        loss.Observe(tensor(Labels));
        Assert.Equal([16777217, 16777216, 16777218, 16777219], Expect.Values(loss.CumulativeSamples));
    }

    private static void Step(SeesawLoss loss)
    {
        using var scope = NewDisposeScope();
        loss.forward(zeros(6, 5), tensor(Labels), null, 6);
    }
}
