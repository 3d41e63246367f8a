using System.Text.Json;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Losses;

public sealed class GroupSoftmaxLossTests
{
    [Fact]
    public void ScoresByHand()
    {
        // The specification's worked numbers: one class in each group.
        using var scope = NewDisposeScope();
        using var loss = Of(4, [5, 50, 500, 5000]);
        var scores = loss.Scores(tensor(new[] { 0.2, 1, 0.1, -0.5, 0.3, 0.7, 0.4, 0.9, 2, -1 }, [1, 10]));
        Expect.Close([0.657252, 0.337539, 0.570294, 0.592939, 0.047426], Expect.Values(scores), 5e-7, 0, "scores");
        Assert.Equal(10, loss.LogitCount);
    }

    [Fact]
    public void LossByHand()
    {
        using var scope = NewDisposeScope();
        using var loss = Of(2, [5, 50]);

        // Groups: others and class 0; others and class 1; two with others alone; foreground, background. All logits 0: every cross-entropy is ln 2.
        // Class 0, background: one row of its own and the other one; class 1 has none; the last group uses both: ln 2 + 0 + ln 2.
        var value = loss.forward(zeros([2, 8], ScalarType.Float64), tensor(new long[] { 0, 2 }), null, 100, 1);
        Expect.Close(2 * Math.Log(2), value.item<double>(), 1e-12, 0, "loss");
    }

    [Fact]
    public void OthersAreDrawnBetaTimesForEachOfTheOwn()
    {
        using var scope = NewDisposeScope();
        using var loss = Of(2, [5, 50], beta: 2.5);
        var labels = tensor(new long[] { 0, 2, 1, 2, 2, 2, 2 });
        var asked = new List<(int Others, int Count, int Group)>();
        loss.Loss(zeros([7, 8]), labels, null, (rest, count, group) =>
        {
            asked.Add((rest.Length, count, group));
            return rest.Take(count);
        });
        Assert.Equal([(6, 2, 0), (6, 2, 1)], asked);
    }

    [Theory]
    [InlineData(9, 0)]
    [InlineData(10, 1)]
    [InlineData(999, 2)]
    [InlineData(1000, 3)]
    public void ACountEqualToABound_BelongsToTheUpperGroup(int count, int group)
    {
        var layout = new GroupLayout([count], [10, 100, 1000]);
        Assert.Equal(Enumerable.Range(0, 5).Select(index => index == group || index == 4 ? 2 : 1), layout.Sizes);
        Assert.Equal([layout.Starts[group] + 1], layout.ClassColumns());
    }

    [Fact]
    public void GroupsAreABufferOfTheStateDict()
    {
        using var loss = Of(2, [5, 50]);
        Assert.Equal(["instance_counts"], loss.state_dict().Keys);
        Assert.Equal([5, 50], Expect.Values(loss.InstanceCounts));
    }

    [SkippableFact]
    public void LossGradientAndScoresAreThoseOfThePublishedCode()
    {
        var cases = ReferenceVectors.Parts("losses/eql.json", "group_softmax");
        Assert.Equal(2, cases.Length);
        foreach (var item in cases)
        {
            using var scope = NewDisposeScope();
            var (rows, classes, seed) = (item.Whole("N"), item.Whole("C"), item.Whole("seed"));
            using var loss = new GroupSoftmaxLoss(classes, item.Shape("bin_split"), item.Real("beta"));
            loss.LearnFrequencies(new(1, [.. new int[classes]], [.. item.Shape("instance_counts")]));
            Assert.Equal(item.Whole("columns"), loss.LogitCount);
            var logits = Filling.Fill(seed, [rows, loss.LogitCount], -item.Real("scale"), item.Real("scale")).requires_grad_();
            var value = loss.Loss(logits, tensor(item.Integers("labels")), null, (rest, count, _) => rest.Take(count));
            value.backward();
            Check(item, value, logits, loss.Scores(logits));
        }
    }

    private static void Check(JsonElement item, Tensor value, Tensor logits, Tensor scores)
    {
        var what = $"beta {item.Real("beta")}";
        Expect.Close(item.Real("loss"), value.item<double>(), 1e-9, 1e-9, what);
        Expect.Digest(item.GetProperty("grad"), logits.grad!, 1e-9, 1e-9, $"{what}, gradient");
        Expect.Digest(item.GetProperty("activation"), scores, 1e-9, 1e-9, $"{what}, scores");
    }

    private static GroupSoftmaxLoss Of(int classes, int[] counts, double beta = 8)
    {
        var loss = new GroupSoftmaxLoss(classes, beta: beta);
        loss.LearnFrequencies(new(1, [.. new int[classes]], [.. counts]));
        return loss;
    }
}
