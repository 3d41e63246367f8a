using System.Text.Json;
using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.PrimeSamples;
using DetectorDsl.Detection.Targets;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Heads.PrimeSamples;

public sealed class PositiveReweightingTests
{
    private static readonly DeltaBoxCoder Coder = new(0.1, 0.2);

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Fixtures.OfHead("prime_samples.json", "positives").GetArrayLength())];

    [Fact]
    public void TheWorkedExample()
    {
        // Two objects of one class. Ranks 0, 2, 4 | 1, 3 of five; equal losses, so that the weights (1, 0.36, 0.04 | 0.64, 0.16) are brought from a sum of 2.2 to 5.
        Assert.Equal([0, 3, 1, 4, 2], HierarchicalRanks.Order([0.9f, 0.8f, 0.7f, 0.85f, 0.6f], [1, 1, 1, 2, 2]));
        var weights = new PositiveReweighting().Weights(
            [3, 3, 3, 3, 3],
            [1, 1, 1, 2, 2],
            [0.9f, 0.8f, 0.7f, 0.85f, 0.6f],
            [1, 1, 1, 1, 1],
            [1, 1, 1, 1, 1]
        );
        Expect.Close([.. new[] { 1, 0.36, 0.04, 0.64, 0.16 }.Select(weight => weight * 5 / 2.2)], [.. weights], 1e-6, 0, "weights");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void WeightsAreMmdetections(int number)
    {
        using var scope = NewDisposeScope();
        var expected = Fixtures.OfHead("prime_samples.json", "positives")[number];
        var (regions, logits, offsets) = Regions(expected);
        using var loss = new CrossEntropyLoss(expected.Whole("classes"));
        var reweighting = new PositiveReweighting(expected.Real("k"), expected.Real("bias"));
        var positive = BoxOffsets.OfClass(offsets, regions.PositiveRows, regions.PositiveLabels);
        var weights = reweighting.Weights(regions, positive, Coder, logits, loss)!;
        Expect.Close(expected.Numbers("weights"), Expect.Values(weights), 1e-6, 2e-6, "weights");
        Assert.False(weights.requires_grad);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ClassAwareRegression_IsMmdetections(int number)
    {
        using var scope = NewDisposeScope();
        var expected = Fixtures.OfHead("prime_samples.json", "positives")[number];
        var (regions, single, offsets) = Regions(expected);
        using var loss = new CrossEntropyLoss(expected.Whole("classes"));
        var (logits, predictions) = (single.to(ScalarType.Float64).requires_grad_(), offsets.to(ScalarType.Float64).requires_grad_());
        var weights = new ClassAwareRegression(expected.Real("k") / 2, 0.2).Weights(
            loss.Scores(logits),
            regions.PositiveRows,
            regions.PositiveLabels
        );
        var positive = BoxOffsets.OfClass(predictions, regions.PositiveRows, regions.PositiveLabels);
        var value = new SmoothL1Loss().forward(positive, regions.Offsets.to(ScalarType.Float64), weights, regions.Count);
        Expect.Close(expected.Real("carl"), value.item<double>(), 0, 1e-7, "loss");
        value.backward();
        Expect.Close(expected.Numbers("carl_logits"), Expect.Values(logits.grad!), 1e-9, 1e-5, "gradient of the logits");
        Expect.Close(expected.Numbers("carl_offsets"), Expect.Values(predictions.grad!), 1e-9, 1e-5, "gradient of the offsets");
    }

    [Fact]
    public void OfAnchors_WeightsAndClassAwareRegression_AreMmdetections()
    {
        using var scope = NewDisposeScope();
        var expected = Fixtures.OfHead("prime_samples.json", "anchors");
        var (seed, count, classes) = (expected.Whole("seed"), expected.Whole("count"), expected.Whole("classes"));
        var (coder, boxes, positive) = (new DeltaBoxCoder(), Fixtures.Boxes(seed, count), expected.Integers("positive"));
        var objects = expected
            .GetProperty("objects")
            .EnumerateArray()
            .SelectMany((image, index) => image.Numbers().Select(item => ((long)index << 32) + (long)item));
        var targets = new DenseTargetSet(
            tensor(expected.Integers("labels")),
            ones(count),
            tensor(positive),
            Filling.Fill(seed + 6, [positive.Length, 4], -0.4, 0.4, ScalarType.Float32),
            ones(positive.Length),
            positive.Length
        )
        {
            PositiveBoxes = [.. positive.SelectMany(box => boxes.AsSpan((int)box * 4, 4).ToArray())],
            Objects = [.. objects],
        };
        using var loss = new SigmoidFocalLoss(classes);
        var logits = Filling.Fill(seed + 4, [count, classes], -2, 2, ScalarType.Float32).to(ScalarType.Float64).requires_grad_();
        var offsets = Filling.Fill(seed + 5, [count, 4], -0.4, 0.4, ScalarType.Float32).to(ScalarType.Float64).requires_grad_();
        var (positiveLogits, positiveOffsets) = (logits.index_select(0, targets.Positive), offsets.index_select(0, targets.Positive));
        var weights = new PositiveReweighting().Weights(targets, positiveOffsets, coder, positiveLogits, loss);
        Expect.Close(expected.Numbers("weights"), Expect.Values(weights), 1e-6, 2e-6, "weights");
        Assert.False(weights.requires_grad);

        var carl = new ClassAwareRegression().Weights(loss.Scores(positiveLogits), targets.Labels.index_select(0, targets.Positive));
        var value = new SmoothL1Loss(beta: 0.11).forward(
            positiveOffsets,
            targets.Offsets.to(ScalarType.Float64),
            carl * targets.PositiveWeights,
            targets.Divisor
        );
        Expect.Close(expected.Real("carl"), value.item<double>(), 0, 1e-7, "loss");
        value.backward();
        Expect.Close(expected.Numbers("carl_logits"), Expect.Values(logits.grad!), 1e-9, 1e-5, "gradient of the logits");
        Expect.Close(expected.Numbers("carl_offsets"), Expect.Values(offsets.grad!), 1e-9, 1e-5, "gradient of the offsets");
    }

    [Fact]
    public void ClassAwareWeights_OfTheWorkedExample()
    {
        using var scope = NewDisposeScope();
        var scores = tensor(new[] { 0.9, 0.1, 0.5, 0.5, 0.1, 0.9, 0, 1 }, [4, 2]);
        var weights = new ClassAwareRegression().Weights(scores, tensor(new long[] { 0, 1, 2 }), tensor(new long[] { 0, 0, 0 }));
        Expect.Close([1.533333, 1, 0.466667], Expect.Values(weights), 1e-6, 0, "weights");
        Assert.Equal([0], new ClassAwareRegression().Weights(scores, empty([0], ScalarType.Int64), empty([0], ScalarType.Int64)).shape);
        Differences.Check(
            point =>
                (
                    new ClassAwareRegression(1.5, 0.1).Weights(point, tensor(new long[] { 0, 2 }), tensor(new long[] { 1, 0 }))
                    * tensor(new[] { 1.0, 3 })
                ).sum(),
            [0.9, 0.1, 0.5, 0.5, 0.1, 0.9],
            [3, 2],
            "weights"
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheSummedLossStays_WithSeesawAsWithCrossEntropy_AndNothingIsCounted(bool isSeesaw)
    {
        using var scope = NewDisposeScope();
        var expected = Fixtures.OfHead("prime_samples.json", "positives")[0];
        var (regions, _, offsets) = Regions(expected);
        using var seesaw = new SeesawLoss(4);
        using var entropy = new CrossEntropyLoss(4);
        seesaw.Observe(regions.Labels);
        var counts = Expect.Values(seesaw.CumulativeSamples);
        IRegionLosses loss = isSeesaw ? seesaw : entropy;
        var logits = Filling.Fill(7, [regions.Count, isSeesaw ? 6 : 5], -2, 2, ScalarType.Float32);
        var weights = new PositiveReweighting().Weights(
            regions,
            BoxOffsets.OfClass(offsets, regions.PositiveRows, regions.PositiveLabels),
            Coder,
            logits,
            loss
        )!;
        var losses = loss.RegionLosses(logits, regions.Labels);
        var positive = regions.PositiveCount;
        Expect.Close(
            losses.narrow(0, 0, positive).sum().item<float>(),
            (losses * weights).narrow(0, 0, positive).sum().item<float>(),
            0,
            1e-5,
            "sum"
        );
        Assert.True(weights.narrow(0, 0, positive).std().item<float>() > 0.3);
        Assert.Equal(counts, Expect.Values(seesaw.CumulativeSamples));
    }

    [Fact]
    public void WithoutPositives_OrLosses_WeightsStay()
    {
        using var scope = NewDisposeScope();
        using var loss = new CrossEntropyLoss(4);
        var none = new RoiTargetSet(
            new Rois([new float[8]]),
            full([2], 4, ScalarType.Int64),
            empty([0], ScalarType.Int64),
            empty([0], ScalarType.Int64),
            zeros(0, 4),
            [
                [],
            ]
        )
        {
            AreTruths = [new bool[2]],
        };
        Assert.Null(new PositiveReweighting().Weights(none, zeros(0, 4), Coder, zeros(2, 5), loss));
        var weighted = none with { Weights = tensor(new[] { 2f, 3 }) };
        Assert.Equal([2, 3], Expect.Values(new PositiveReweighting().Weights(weighted, zeros(0, 4), Coder, zeros(2, 5), loss)!));
        Assert.Equal([1, 0.25f], new PositiveReweighting().Weights([0, 0], [1, 1], [0.9f, 0.8f], [1, 1], [0, 0]));

        // A box whose IoU is no number comes last.
        Assert.Equal([1, 2, 0], HierarchicalRanks.Order([float.NaN, 0.2f, 0], [1, 1, 1]));
    }

    [Fact]
    public void NothingElseStaysAlive()
    {
        using var outer = NewDisposeScope();
        var (regions, logits, offsets) = Regions(Fixtures.OfHead("prime_samples.json", "positives")[0]);
        using var loss = new CrossEntropyLoss(4);
        var positive = BoxOffsets.OfClass(offsets, regions.PositiveRows, regions.PositiveLabels);
        LiveTensors.OnlyResultsStay("reweighting", () => [new PositiveReweighting().Weights(regions, positive, Coder, logits, loss)!]);
        var scores = loss.Scores(logits);
        LiveTensors.OnlyResultsStay("regression", () =>
            [new ClassAwareRegression().Weights(scores, regions.PositiveRows, regions.PositiveLabels)]
        );
    }

    // Positives of one image after the other, then the negatives, which are the last image's.
    private static IEnumerable<Boxes> Parts(Boxes boxes, long[][] matched)
    {
        var first = 0;
        foreach (var (image, own) in matched.Index())
        {
            var next = image == matched.Length - 1 ? boxes.Count : first + own.Length;
            yield return boxes[first..next];
            first = next;
        }
    }

    private static (RoiTargetSet Regions, Tensor Logits, Tensor Offsets) Regions(JsonElement expected)
    {
        var (seed, count, classes, positives) = (
            expected.Whole("seed"),
            expected.Whole("regions"),
            expected.Whole("classes"),
            expected.Whole("positives")
        );
        var labels = tensor(expected.Integers("labels"));
        Boxes boxes = Fixtures.Boxes(seed + 3, count);
        long[][] matched =
        [
            .. expected.GetProperty("objects").EnumerateArray().Select(image => image.Numbers().Select(item => (long)item).ToArray()),
        ];
        var weights = cat([ones(positives), Filling.Fill(seed + 7, [count - positives], 0.5, 1.5, ScalarType.Float32)]);
        var regions = new RoiTargetSet(
            new Rois([.. Parts(boxes, matched)]),
            labels,
            arange(positives),
            labels.narrow(0, 0, positives),
            Filling.Fill(seed + 6, [positives, 4], -1, 1, ScalarType.Float32),
            matched
        )
        {
            AreTruths = [new bool[count]],
            Weights = weights,
        };
        return (
            regions,
            Filling.Fill(seed + 4, [count, classes + 1], -2, 2, ScalarType.Float32),
            Filling.Fill(seed + 5, [count, expected.Truth("agnostic") ? 4 : 4 * classes], -1, 1, ScalarType.Float32)
        );
    }
}
