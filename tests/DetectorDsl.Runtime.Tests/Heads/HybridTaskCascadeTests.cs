using DetectorDsl.Annotations;
using DetectorDsl.Detection.Selection;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Layers;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Heads;

/// <summary>
/// Hybrid Task Cascade's branches over whole images. Numbers: mmdetection's FusedSemanticHead and GlobalContextHead run in PyTorch in double precision;
/// weights -0.4 to 0.4, in the order of the parameters' names, inputs -1 to 1.
/// </summary>
public sealed class HybridTaskCascadeTests
{
    private const double Tolerance = 1e-7;

    [Fact]
    public void SemanticBranch_IsMmdetections()
    {
        using var scope = NewDisposeScope();
        var expected = Fixtures.OfHybridTaskCascade("semantic");
        using var head = new FusedSemanticHead(levels: 4, channels: 4, level: 1, layers: 2, classes: 5);
        Fill(head, 500);
        Tensor[] pyramid = [Map(60, 16, 12), Map(61, 8, 6), Map(62, 4, 3), Map(63, 2, 2)];
        var (logits, embedding) = head.call(pyramid);
        Expect.Digest(expected.GetProperty("logits"), logits, Tolerance, Tolerance, "logits");
        Expect.Digest(expected.GetProperty("embedding"), embedding, Tolerance, Tolerance, "embedding");
        Assert.True(embedding.allclose(head.Embed(pyramid)));

        // Classes 0 to 4, the sixth kind is ignored.
        var classes = Filling.Fill(70, [2, 8, 6], 0, 6).floor().to(ScalarType.Int64);
        var targets = where(classes.eq(5), tensor(SemanticTargets.Ignored), classes);
        var loss = new SemanticCrossEntropyLoss(0.2).forward(logits, targets);
        Expect.Close(expected.GetProperty("loss").GetDouble(), loss.ToDouble(), Tolerance, 0, "loss");
        loss.backward();
        Expect.Digest(expected.GetProperty("finest_gradient"), pyramid[0].grad!, Tolerance, Tolerance, "gradient of the finest level");
        Expect.Digest(expected.GetProperty("own_gradient"), pyramid[1].grad!, Tolerance, Tolerance, "gradient of the level itself");
    }

    [Fact]
    public void GlobalContext_IsMmdetections()
    {
        using var scope = NewDisposeScope();
        var expected = Fixtures.OfHybridTaskCascade("context");
        using var head = new GlobalContextHead(channels: 4, layers: 2, classes: 5);
        Fill(head, 700);
        var map = Map(80, 5, 4);
        var (logits, context) = head.call(map);
        Expect.Digest(expected.GetProperty("logits"), logits, Tolerance, Tolerance, "logits");
        Expect.Digest(expected.GetProperty("context"), context, Tolerance, Tolerance, "context");
        Assert.True(context.allclose(head.Encode(map)));

        // The first image holds classes 1 and 3, one of them twice; the second none.
        GroundTruth[] truths = [new([], [1, 3, 1], null, []), new([], [], null, [])];
        Expect.Close(
            expected.GetProperty("loss").GetDouble(),
            new PresenceLoss(3).forward(logits, truths).ToDouble(),
            Tolerance,
            0,
            "loss"
        );
    }

    [Fact]
    public void LargerFeaturesAreAveraged_EqualOnesAreNot()
    {
        using var scope = NewDisposeScope();
        Expect.Digest(
            Fixtures.OfHybridTaskCascade("pooled_7_5"),
            RegionFusion.AddPooled(zeros(2, 3, 5, 5, dtype: ScalarType.Float64), Filling.Fill(90, [2, 3, 7, 7], -1, 1)),
            Tolerance,
            Tolerance,
            "7 to 5"
        );
        Expect.Digest(
            Fixtures.OfHybridTaskCascade("pooled_14_7"),
            RegionFusion.AddPooled(zeros(1, 2, 7, 7, dtype: ScalarType.Float64), Filling.Fill(91, [1, 2, 14, 14], -1, 1)),
            Tolerance,
            Tolerance,
            "14 to 7"
        );
        Assert.Equal(
            [3, 4],
            RegionFusion
                .AddPooled(tensor(new float[] { 1, 2 }, [1, 1, 1, 2]).expand(1, 1, 2, 2), full(1, 1, 2, 2, 2))[0, 0, 0]
                .data<float>()
                .ToArray()
        );
    }

    [Fact]
    public void EachRegionGetsTheContextOfItsImage()
    {
        using var scope = NewDisposeScope();
        var context = tensor(new float[] { 10, 20, 30, 40 }, [2, 2, 1, 1]);
        var rois = new Rois([
            [0, 0, 5, 5],
            [0, 0, 5, 5, 2, 2, 5, 5],
        ]);
        var added = RegionFusion.AddContext(ones(3, 2, 1, 1), context, rois);
        Assert.Equal([11, 21, 31, 41, 31, 41], added.flatten().data<float>().ToArray());
        Assert.Equal(
            [0, 2, 3, 3],
            RegionFusion
                .AddContext(
                    zeros(0, 2, 3, 3),
                    context,
                    new Rois([
                        [],
                        [],
                    ])
                )
                .shape
        );
    }

    [Fact]
    public void SemanticTargets_ComeFromMasks_TheSmallestObjectLiesOnTop()
    {
        // 4 x 4 cells of 2 pixels; the image takes 3 x 4 of them. A crowd lies at the lower left, the large object below and right of the first cell.
        using var scope = NewDisposeScope();
        RleMask[] masks = [RleMask.FromBox(new Box(2, 0, 6, 5), 6, 8), RleMask.FromBox(new Box(5, 1, 2, 3), 6, 8)];
        var truth = new GroundTruth([2, 0, 8, 5, 5, 1, 7, 4], [4, 1], masks, [0, 3, 3, 6]);
        var empty = new GroundTruth([], [], null, []);
        var targets = SemanticTargets.Of(
            [truth, empty],
            [new ImageShape(1, 6, 8, 6, 8), new ImageShape(2, 4, 5, 4, 5)],
            zeros(2, 10, 4, 4),
            stride: 2
        );
        Assert.Equal(
            [9, 4, 4, 4, 9, 4, 4, 1, -1, 4, 4, 4, -1, -1, -1, -1, 9, 9, 9, -1, 9, 9, 9, -1, -1, -1, -1, -1, -1, -1, -1, -1],
            targets.flatten().data<long>().ToArray()
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void SemanticTargets_AreThoseOfDrawnMasks(int stride)
    {
        const int Height = 45;
        const int Width = 70;
        using var scope = NewDisposeScope();
        var random = new Random(stride);
        RleMask[] masks =
        [
            .. Enumerable
                .Range(0, 12)
                .Select(_ =>
                    RleMask.FromPolygon(
                        [.. Enumerable.Range(0, 8).Select(i => random.NextDouble() * (i % 2 == 0 ? Width : Height))],
                        Height,
                        Width
                    )
                ),
        ];
        long[] labels = [.. masks.Select((_, item) => (long)item % 5)];
        var (rows, columns) = ((Height / stride) + 3, (Width / stride) + 2);
        var targets = SemanticTargets.Of(
            [new GroundTruth(new float[48], labels, masks, [])],
            [new ImageShape(1, Height, Width, Height, Width)],
            zeros(1, 6, rows, columns),
            stride
        );

        var expected = new long[rows * columns];
        bool[][] drawn =
        [
            .. masks.Select(mask =>
                mask.ToBitmap() is var pixels
                    ? Cells().Select(cell => cell.Y < Height && cell.X < Width && pixels[(cell.Y * Width) + cell.X] != 0).ToArray()
                    : []
            ),
        ];
        Array.Fill(expected, SemanticTargets.Ignored);
        foreach (
            var (cell, place) in Cells().Select((cell, place) => (cell, place)).Where(item => item.cell.Y < Height && item.cell.X < Width)
        )
        {
            expected[place] = 5;
        }

        foreach (var item in Enumerable.Range(0, masks.Length).OrderByDescending(item => drawn[item].Count(isSet => isSet)))
        {
            for (var place = 0; place < expected.Length; place++)
            {
                expected[place] = drawn[item][place] ? labels[item] : expected[place];
            }
        }

        Assert.Equal(expected, targets.flatten().data<long>().ToArray());
        Assert.Contains(3, expected);

        IEnumerable<(int Y, int X)> Cells() =>
            Enumerable.Range(0, rows * columns).Select(place => (place / columns * stride, place % columns * stride));
    }

    [Fact]
    public void NothingStaysAlive()
    {
        using var semantic = new FusedSemanticHead(levels: 2, channels: 4, level: 0, layers: 1, classes: 3);
        using var context = new GlobalContextHead(channels: 4, layers: 1, classes: 3);
        using var fine = ones(1, 4, 4, 4);
        using var coarse = ones(1, 4, 2, 2);
        var rois = new Rois([
            [0, 0, 5, 5, 0, 0, 5, 5],
        ]);
        using var regions = ones(2, 4, 2, 2);
        using var labels = ones([1, 4, 4], ScalarType.Int64);
        using var logits = ones(1, 3, 4, 4);
        using var presence = ones(1, 3);
        using var vector = ones(1, 4, 1, 1);
        GroundTruth[] truths = [new([], [1], null, [])];
        LiveTensors.OnlyResultsStay("semantic branch", () => semantic.call([fine, coarse]) is var (first, second) ? [first, second] : []);
        LiveTensors.OnlyResultsStay("embedding", () => [semantic.Embed([fine, coarse])]);
        LiveTensors.OnlyResultsStay("context", () => context.call(coarse) is var (first, second) ? [first, second] : []);
        LiveTensors.OnlyResultsStay("context alone", () => [context.Encode(coarse)]);
        LiveTensors.OnlyResultsStay("fusion", () =>
            [RegionFusion.AddPooled(regions, regions), RegionFusion.AddContext(regions, vector, rois)]
        );
        LiveTensors.OnlyResultsStay("losses", () =>
            [new SemanticCrossEntropyLoss().forward(logits, labels), new PresenceLoss().forward(presence, truths)]
        );
    }

    private static Tensor Map(long seed, long height, long width) => Filling.Fill(seed, [2, 4, height, width], -1, 1).requires_grad_();

    private static void Fill(nn.Module module, long seed)
    {
        using var untracked = no_grad();
        module.to(ScalarType.Float64);
        foreach (var (index, (_, parameter)) in module.named_parameters().OrderBy(item => item.name, StringComparer.Ordinal).Index())
        {
            parameter.copy_(Filling.Fill(seed + index, parameter.shape, -0.4, 0.4));
        }
    }
}
