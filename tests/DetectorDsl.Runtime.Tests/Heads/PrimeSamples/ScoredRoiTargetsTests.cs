using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Matching;
using DetectorDsl.Detection.PrimeSamples;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Losses;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Heads.PrimeSamples;

public sealed class ScoredRoiTargetsTests
{
    private static readonly DeltaBoxCoder Coder = new(0.1, 0.2);

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Fixtures.OfHead("prime_samples.json", "negatives").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void NegativesAndTheirWeights_AreMmdetections(int number)
    {
        using var scope = NewDisposeScope();
        var expected = Fixtures.OfHead("prime_samples.json", "negatives")[number];
        var (seed, count, classes) = (expected.Whole("seed"), expected.Whole("count"), expected.Whole("classes"));
        using var loss = new CrossEntropyLoss(classes);
        var sampler = new ScoreRankedBoxSampler(
            expected.Whole("wanted"),
            0.25,
            addGroundTruth: true,
            -1,
            expected.Real("k"),
            expected.Real("bias"),
            expected.Real("score_threshold"),
            expected.Real("iou")
        );
        var head = (
            Filling.Fill(seed + 1, [count, classes + 1], -2, 2, ScalarType.Float32),
            Filling.Fill(seed + 2, [count, expected.Truth("agnostic") ? 4 : 4 * classes], -1, 1, ScalarType.Float32)
        );
        var boxes = Fixtures.Boxes(seed, count, 40, 40);
        var regions = Targets(sampler, classes).Compute([boxes], [new GroundTruth([], [], null, [])], 1, CPU, _ => head, loss);
        Expect.Close(expected.Numbers("weights"), Expect.Values(regions.Weights!), 1e-6, 2e-6, "weights");

        // Without a valid one the choice is random; else it is fixed, as random ones are taken only where all are.
        if (expected.Whole("valid") > 0)
        {
            var chosen = expected
                .Integers("chosen")
                .SelectMany(box => boxes.AsSpan((int)box * 4, 4).ToArray().Prepend(0).Select(value => (double)value))
                .ToArray();
            Expect.Close(chosen, Expect.Values(regions.Rois.ToTensor(CPU)), 0, 0, "regions");
        }
    }

    [Fact]
    public void AllImagesAreScoredTogether_PositivesKeepTheirWeight()
    {
        using var scope = NewDisposeScope();
        using var loss = new SeesawLoss(3);

        // Image 0: its object's own box, a proposal on it, two on background. Image 1: background alone.
        float[] objects = [0, 0, 10, 10];
        Boxes[] proposals =
        [
            [0, 0, 10, 9, 50, 50, 60, 60, 70, 70, 80, 80],
            [20, 20, 30, 30],
        ];
        var calls = new List<double[]>();
        var parameter = ones([]).requires_grad_();
        var regions = Targets(new ScoreRankedBoxSampler(8, 0.25), 3)
            .Compute(
                proposals,
                [new GroundTruth(objects, [2], null, []), new GroundTruth([], [], null, [])],
                1,
                CPU,
                rois =>
                {
                    calls.Add(Expect.Values(rois.ToTensor(CPU)));
                    return (tensor(new float[] { 0, 0, 0, 1, 0, 5, 0, 0, 2, -2, 9, 0, 0, 1, 0 }, [3, 5]) * parameter, zeros(3, 12));
                },
                loss
            );
        Expect.Close([0, 50, 50, 60, 60, 0, 70, 70, 80, 80, 1, 20, 20, 30, 30], Assert.Single(calls), 0, 0, "negatives");

        // The second is likelier an object than the first.
        Expect.Close(
            [0, 0, 0, 10, 10, 0, 0, 0, 10, 9, 0, 70, 70, 80, 80, 0, 50, 50, 60, 60, 1, 20, 20, 30, 30],
            Expect.Values(regions.Rois.ToTensor(CPU)),
            0,
            0,
            "regions"
        );
        var weights = Expect.Values(regions.Weights!);
        Assert.Equal([1, 1], weights[..2]);
        Assert.True(weights[2] > 1 && weights[3] < 1);
        Expect.Close(1, weights[4], 1e-6, 0, "the only one of its image");
        Assert.False(regions.Weights!.requires_grad);
        Assert.Equal(0, loss.CumulativeSamples.sum().item<double>());
        Assert.Equal([2, 2, 3, 3, 3], regions.Labels.data<long>().ToArray());
    }

    [Fact]
    public void WithoutNegatives_TheHeadIsNotAsked()
    {
        using var scope = NewDisposeScope();
        using var loss = new CrossEntropyLoss(3);
        var regions = Targets(new ScoreRankedBoxSampler(8, 0.5), 3)
            .Compute(
                [
                    [],
                    [],
                ],
                [new GroundTruth([0, 0, 10, 10], [2], null, []), new GroundTruth([], [], null, [])],
                1,
                CPU,
                _ => throw new InvalidOperationException("asked"),
                loss
            );
        Assert.Equal([1, 0], regions.Matched.Select(image => image.Length));
        Expect.Close([1], Expect.Values(regions.Weights!), 0, 0, "weights");
    }

    [Fact]
    public void NegativesPerPositive_BoundThem()
    {
        var assignment = new Assignment([0, .. Enumerable.Repeat(Assignment.Negative, 9)], new float[10]);
        var negatives = new NegativeRegions<float>(
            [1, 2, 3, 4, 5, 6, 7, 8, 9],
            [.. Enumerable.Range(1, 9).Select(i => i / 10f)],
            [.. Enumerable.Range(0, 9).SelectMany(i => new float[] { 20 * i, 0, (20 * i) + 10, 10 })],
            [.. Enumerable.Repeat(1f, 9)]
        );
        var sample = new ScoreRankedBoxSampler(100, 0.5, negativesPerPositive: 3).Sample(assignment, negatives, RandomSource.For(1, 0, 0));
        Assert.Equal([0], sample.Positive);
        Assert.Equal([9, 8, 7], sample.Negative);

        // (9 - rank) / 9, its root, brought to the sum 3.
        double[] linear = [1, Math.Sqrt(8.0 / 9), Math.Sqrt(7.0 / 9)];
        Expect.Close([.. linear.Select(weight => weight * 3 / linear.Sum())], [.. sample.NegativeWeights!], 1e-6, 0, "weights");
    }

    [Fact]
    public void GroupsFormAroundTheBest()
    {
        // The third overlaps the second by 0.5 and more, but the second belongs to the first.
        Assert.Equal(
            [0, 0, 2, 2],
            NonMaximumSuppression.Match([0, 0, 10, 10, 0, 0, 10, 7, 0, 3, 10, 7, 0, 3, 10, 6], [0.9f, 0.8f, 0.7f, 0.6f], 0.5)
        );

        // From the threshold on, not above it.
        Assert.Equal([0, 0], NonMaximumSuppression.Match([0, 0, 10, 10, 0, 0, 10, 5], [0.9f, 0.8f], 0.5));
    }

    [Fact]
    public void NothingElseStaysAlive()
    {
        using var loss = new CrossEntropyLoss(3);
        var targets = Targets(new ScoreRankedBoxSampler(8, 0.5), 3);
        GroundTruth[] truths = [new([0, 0, 10, 10], [2], null, [])];
        LiveTensors.OnlyResultsStay("scored targets", () =>
        {
            var regions = targets.Compute(
                [
                    [50, 50, 60, 60],
                ],
                truths,
                1,
                CPU,
                _ => (zeros(1, 4), zeros(1, 12)),
                loss
            );
            return [regions.Labels, regions.PositiveRows, regions.PositiveLabels, regions.Offsets, regions.Weights!];
        });
    }

    private static ScoredRoiTargets Targets(ScoreRankedBoxSampler sampler, int classes) =>
        new(new MaxIouAssigner(0.5, 0.5, 0.5), sampler, Coder, classes);
}
