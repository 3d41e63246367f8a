using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Losses;

public sealed class GradientStatisticsTests
{
    private static readonly double[] Logits = [2, 1, 0.5, -1];

    // Softmax of the logits above.
    private static readonly double[] Shares = [0.609460, 0.224208, 0.135989, 0.030343];

    public static TheoryData<string> All => [.. LongTailLoss.All];

    [Fact]
    public void CrossEntropy_FollowsFromTheShares()
    {
        // Classes 0 to 2 and background; one region of class 0, one of background.
        using var loss = Kept(new CrossEntropyLoss(3));
        Step(loss, Repeated(2), [0, 3], (logits, labels) => loss.forward(logits, labels, null, 1));
        Check(loss, own: [1 - Shares[0], 0, 0], others: [0, Shares[1], Shares[2]], background: Shares[..3]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Seesaw_FollowsFromItsGradients(bool fused)
    {
        // Gradients of one region each of class 2, 0 and 3, with 1,000, 100, 10 and 0 samples; background reaches no class.
        double[][] gradients =
        [
            [0.942250, 0.046912, -0.989533, 0.000370],
            [-0.060246, 0.054792, 0.005267, 0.000186],
            [0.942490, 0.046924, 0.010470, -0.999884],
        ];
        using var loss = Kept(new SeesawLoss(4, counts: SeesawCounts.DataSet, classCounts: [1000, 100, 10, 0]));
        using var scope = NewDisposeScope();
        var six = cat([tensor(Repeated(4), [4, 4]), zeros([4, 2], dtype: ScalarType.Float64)], 1);
        Step(loss, Expect.Values(six), [2, 0, 3, 4], (logits, labels) =>
            fused ? loss.forward(logits, labels, null, 1).loss_cls_classes : loss.ClassLosses(logits, labels).sum()
        );
        Check(
            loss,
            own: [-gradients[1][0], 0, -gradients[0][2], -gradients[2][3]],
            others:
            [
                gradients[0][0] + gradients[2][0],
                gradients[0][1] + gradients[1][1] + gradients[2][1],
                gradients[1][2] + gradients[2][2],
                gradients[0][3] + gradients[1][3],
            ],
            background: [0, 0, 0, 0]
        );
    }

    [Fact]
    public void Sigmoids_FollowFromTheirProbabilities()
    {
        using var loss = Kept(new SigmoidFocalLoss(4, gamma: 0, alpha: -1));
        Step(loss, Repeated(2), [1, 4], (logits, labels) => loss.forward(logits, labels, null, 1));
        var p = Array.ConvertAll(Logits, z => 1 / (1 + Math.Exp(-z)));
        Check(loss, own: [0, 1 - p[1], 0, 0], others: [p[0], 0, p[2], p[3]], background: p);
    }

    [Fact]
    public void WeightsOfTheLoss_AreWithin()
    {
        // EQL v2 at a ratio of 0.2 weighs an own region by 4.997016 and others by 0.000746; the objectness logit is no class.
        using var loss = Kept(new EqualizationLossV2(3));
        using (no_grad())
        {
            loss.get_buffer("pos_neg")!.fill_(0.2);
        }

        Step(loss, Logits, [1], (logits, labels) => loss.forward(logits, labels, null, 1));
        var p = Array.ConvertAll(Logits, z => 1 / (1 + Math.Exp(-z)));
        Check(
            loss,
            own: [0, 4.997016 * (1 - p[1]), 0],
            others: [0.000746 * p[0], 0, 0.000746 * p[2]],
            background: [0, 0, 0],
            relative: 1e-3
        );
    }

    [Theory]
    [MemberData(nameof(All))]
    public void AnyLoss_IsSplitAsItsGradientIs(string name)
    {
        const int Classes = 8;
        long[] labels = [0, 5, 8, 7, 8, 7, 2, 8, 3, 8, 8, 6, 8, 8];
        using var scope = NewDisposeScope();
        using var plain = LongTailLoss.Of(name, Classes);
        using var watched = LongTailLoss.Of(name, Classes);
        watched.Module.Statistics = new GradientStatistics(Classes);
        long[] shape = [labels.Length, plain.Module.LogitCount];
        var columns = plain.Module.ClassColumns() ?? [.. Enumerable.Range(0, Classes).Select(c => (long)c)];
        var expected = new double[3][];
        for (var side = 0; side < 3; side++)
        {
            expected[side] = new double[Classes];
        }

        for (var step = 0; step < 2; step++)
        {
            var logits = Filling.Fill(step, shape, -3, 3).requires_grad_();
            plain.Forward(logits, tensor(labels), null, 9, step).backward();
            var gradient = Expect.Values(logits.grad!);
            for (var row = 0; row < labels.Length; row++)
            {
                for (var c = 0; c < Classes; c++)
                {
                    var side =
                        labels[row] == Classes ? 2
                        : labels[row] == c ? 0
                        : 1;
                    expected[side][c] += Math.Abs(gradient[(row * shape[1]) + columns[c]]);
                }
            }

            var seen = Filling.Fill(step, shape, -3, 3).requires_grad_();
            var label = tensor(labels);
            watched.Forward(watched.Module.Watched(seen, label), label, null, 9, step).backward();
            Expect.Close(logits.grad!, seen.grad!, 0, 0, "the gradient goes on unchanged");
        }

        Expect.Close([.. expected.SelectMany(side => side)], Expect.Values(watched.Module.Statistics.Sums), 1e-12, 1e-12, name);
        Assert.Contains(expected[0], value => value > 0);
        Assert.Contains(expected[1], value => value > 0);
    }

    [Fact]
    public void GroupSoftmax_HasItsClassesElsewhere()
    {
        // Counts of 16,384, 4,096, 1,024, 256, 64, 16, 4 and 1: groups of two, one, two and three, rare ones first, each led by "others".
        using var loss = LongTailLoss.Of(nameof(GroupSoftmaxLoss), 8);
        Assert.Equal([9, 10, 11, 7, 4, 5, 1, 2], loss.Module.ClassColumns()!);
    }

    [Theory]
    [InlineData(ScalarType.Float32, 1e-12)]
    [InlineData(ScalarType.Float64, 1e-13)]
    public void Kernel_IsTheComposition(ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        var gradient = Filling.Fill(4, [53, 7], -1, 1, type);
        var labels = tensor([.. Enumerable.Range(0, 53).Select(row => (long)(row * row % 5))]);
        foreach (var columns in (long[]?[])[null, [6, 0, 3, 2]])
        {
            Expect.Close(
                GradientSums.Composed(gradient, labels, columns, 4),
                GradientSums.Of(gradient, labels, columns, 4),
                tolerance,
                tolerance,
                "sums"
            );
        }
    }

    [Fact]
    public void PlacesOfImages_CountAsRegions()
    {
        using var scope = NewDisposeScope();
        using var flat = Kept(new SigmoidFocalLoss(4));
        using var dense = Kept(new SigmoidFocalLoss(4));
        long[] labels = [0, 4, 3, 4, 1, 4];
        Step(flat, Filling.Numbers(1, 24, -2, 2), labels, (logits, label) => flat.forward(logits, label, null, 1));
        var places = Filling.Fill(1, [2, 3, 4], -2, 2).requires_grad_();
        var all = tensor(labels);
        dense.forward(dense.Watched(places, all).flatten(0, 1), all, null, 1).backward();
        Expect.Close(flat.Statistics!.Sums, dense.Statistics!.Sums, 0, 0, "sums");
    }

    [Fact]
    public void Labels_MayBeFreedBeforeTheBackwardPass()
    {
        using var scope = NewDisposeScope();
        using var loss = Kept(new CrossEntropyLoss(3));
        var logits = tensor(Logits, [1, 4]).requires_grad_();
        Tensor value;
        using (NewDisposeScope())
        {
            var labels = tensor(new long[] { 0 });
            value = loss.forward(loss.Watched(logits, labels), labels, null, 1).MoveToOuterDisposeScope();
        }

        value.backward();
        Check(loss, own: [1 - Shares[0], 0, 0], others: [0, Shares[1], Shares[2]], background: [0, 0, 0]);
    }

    [Fact]
    public void WithoutStatistics_TheLogitsAreTheSame()
    {
        using var scope = NewDisposeScope();
        using var loss = new CrossEntropyLoss(3);
        var logits = tensor(Logits, [1, 4]).requires_grad_();
        Assert.Same(logits, loss.Watched(logits, tensor(new long[] { 0 })));
    }

    [Fact]
    public void NothingStaysAlive()
    {
        using var loss = Kept(new SeesawLoss(3));
        LiveTensors.NothingStays("statistics", () =>
        {
            var labels = tensor(new long[] { 0, 2, 3 });
            var logits = Filling.Fill(1, [3, 5], -1, 1).requires_grad_();
            var (classes, objectness) = loss.forward(loss.Watched(logits, labels), labels, null, 3);
            (classes + objectness).backward();
        });
        LiveTensors.OnlyResultsStay("made and freed", () =>
        {
            using var other = Kept(new CrossEntropyLoss(3));
            return [];
        });
    }

    [Fact]
    public void Watch_ReachesTheLossesOfAModel()
    {
        using var model = new Stages();
        GradientStatistics.Watch(model, isWanted: true);
        Assert.Equal(["head.0", "head.2"], GradientStatistics.Of(model).Select(item => item.Name));
        Assert.Equal(
            [
                [3, 3],
                [3, 4],
            ],
            GradientStatistics.Of(model).Select(item => item.Statistics.Sums.shape)
        );
        GradientStatistics.Watch(model, isWanted: false);
        Assert.Empty(GradientStatistics.Of(model));
    }

    private sealed class Stages : nn.Module
    {
        public Stages()
            : base(nameof(Stages)) =>
            register_module("head", nn.ModuleList<nn.Module>(new CrossEntropyLoss(3), nn.Linear(2, 2), new SeesawLoss(4)));

        protected override void RegisterComponents() { }
    }

    private static T Kept<T>(T loss)
        where T : ClassificationLoss
    {
        loss.Statistics = new GradientStatistics(loss.Classes);
        return loss;
    }

    private static double[] Repeated(int times) => [.. Enumerable.Repeat(Logits, times).SelectMany(row => row)];

    private static void Step(ClassificationLoss loss, double[] values, long[] labels, Func<Tensor, Tensor, Tensor> forward)
    {
        using var scope = NewDisposeScope();
        var logits = tensor(values, [labels.Length, loss.LogitCount]).requires_grad_();
        var label = tensor(labels);
        forward(loss.Watched(logits, label), label).backward();
    }

    private static void Check(ClassificationLoss loss, double[] own, double[] others, double[] background, double relative = 0) =>
        Expect.Close([.. own, .. others, .. background], Expect.Values(loss.Statistics!.Sums), 2e-6, relative, "sums");
}
