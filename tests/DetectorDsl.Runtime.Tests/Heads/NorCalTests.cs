using DetectorDsl.Detection.Selection;
using DetectorDsl.Runtime.Tests.Support;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Heads;

public sealed class NorCalTests
{
    [Fact]
    public void ByHand()
    {
        using var scope = NewDisposeScope();

        // Counts 4 and 0, which counts as 1: factors 1/2 and 1. 0.4 / 2, 0.2, 0.4 sum to 0.8.
        var scores = new NorCal([4, 0], gamma: 0.5, classBalanced: false).Apply(tensor(new[] { 0.4, 0.2, 0.4 }, [1, 3]));
        Expect.Close([0.25, 0.25, 0.5], Expect.Values(scores), 1e-12, 0, "scores");
    }

    [Fact]
    public void WithoutStrength_NothingChanges()
    {
        using var scope = NewDisposeScope();
        var scores = nn.functional.softmax(Filling.Fill(1, [4, 6], -3, 3), 1);
        Expect.Close(scores, new NorCal([1, 10, 100, 1000, 5], 0, classBalanced: false).Apply(scores), 1e-12, 0, "scores");
    }

    [Fact]
    public void AScoreOfZero_StaysZero()
    {
        using var scope = NewDisposeScope();
        var scores = new NorCal([4, 9], gamma: 1, classBalanced: false).Apply(tensor(new[] { 0f, 0, 1 }, [1, 3]));
        Assert.Equal([0, 0, 1], Expect.Values(scores));
    }

    [Fact]
    public void CountsOfOtherClasses_AreRefused()
    {
        using var scope = NewDisposeScope();
        Assert.Contains(
            "3 classes, counts of 2",
            Assert.Throws<ArgumentException>(() => new NorCal([1, 2], 1, false).Apply(zeros(1, 4))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void ScoresAreThoseOfThePublishedCode()
    {
        var item = Fixtures.OfLoss("norcal");
        var (rows, classes) = (item.Whole("N"), item.Whole("C"));
        Assert.Equal(3, item.GetProperty("cases").GetArrayLength());
        foreach (var variant in item.GetProperty("cases").EnumerateArray())
        {
            using var scope = NewDisposeScope();
            var calibration = new NorCal(
                item.Shape("image_counts"),
                variant.Real("gamma"),
                variant.GetProperty("method").GetString() == "cb"
            );
            var scores = calibration.Apply(nn.functional.softmax(Filling.Fill(item.Whole("seed"), [rows, classes + 1], -3, 3), 1));
            Expect.Close(variant.Numbers("scores"), Expect.Values(scores), 1e-9, 1e-9, $"gamma {variant.Real("gamma")}");
        }
    }
}
