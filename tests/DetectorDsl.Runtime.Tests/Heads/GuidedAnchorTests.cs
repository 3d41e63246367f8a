using System.Text.Json;
using DetectorDsl.Detection.Anchors;
using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Matching;
using DetectorDsl.Detection.Sampling;
using DetectorDsl.Detection.Selection;
using DetectorDsl.Detection.Targets;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Heads;

/// <summary>Anchors whose places and shapes are predicted, against mmdetection's numbers.</summary>
public sealed class GuidedAnchorTests
{
    private static readonly int[] Strides = [4, 8, 16, 32, 64];

    private static readonly JsonElement Numbers = Fixtures.Open("Heads/Fixtures/guided_anchoring.json");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Locations_AreMmdetections(int number)
    {
        using var scope = NewDisposeScope();
        var part = Numbers.GetProperty("locations");
        var expected = part.GetProperty("cases")[number];
        var truths = Truths(part);
        var set = new LocationTargets(expected.Real("scale"), Strides, expected.Real("centre"), expected.Real("ignored")).Compute(
            Pyramid(part),
            truths,
            CPU
        );
        Assert.Equal(expected.Real("divisor"), set.Divisor, 1e-9);
        var (labels, weights) = (set.Labels.view(truths.Length, -1), set.Weights.view(truths.Length, -1));
        for (var image = 0; image < truths.Length; image++)
        {
            Assert.Equal(expected.GetProperty("positive")[image].Numbers(), Where(labels[image], label => label == 0));
            Assert.Equal(expected.GetProperty("full")[image].Numbers(), Where(weights[image], weight => weight == 1));
            Assert.Equal(expected.GetProperty("none")[image].Numbers(), Where(weights[image], weight => weight == 0));
            Assert.All(Expect.Values(weights[image]), weight => Assert.Contains(weight, (double[])[0, 1, 0.1f]));
        }

        static double[] Where(Tensor values, Func<double, bool> holds) =>
            [
                .. Expect
                    .Values(values)
                    .Select((value, place) => (value, place))
                    .Where(item => holds(item.value))
                    .Select(item => (double)item.place),
            ];
    }

    // Worked numbers: side of a square object to its level, with squares of 32 on the finest.
    [Theory]
    [InlineData(32, 0)]
    [InlineData(45, 0)]
    [InlineData(46, 1)]
    [InlineData(64, 1)]
    [InlineData(128, 2)]
    [InlineData(512, 4)]
    [InlineData(5, 0)]
    [InlineData(3000, 4)]
    public void AnObject_BelongsToTheLevelOfItsSize(float side, int level)
    {
        using var scope = NewDisposeScope();
        long[] sides = [150, 75, 38, 19, 10];
        var set = new LocationTargets(8, Strides).Compute(
            [.. sides.Select(one => zeros(1, 1, one, one))],
            [Truth([300 - (side / 2), 300 - (side / 2), 300 + (side / 2), 300 + (side / 2)])],
            CPU
        );
        var first = sides.Take(level).Sum(one => one * one);
        var marked = Expect
            .Values(set.Labels)
            .Select((label, place) => (label, place))
            .Where(item => item.label == 0)
            .Select(item => item.place)
            .ToList();
        Assert.NotEmpty(marked);
        Assert.All(marked, place => Assert.InRange(place, first, first + (sides[level] * sides[level]) - 1));
    }

    [Fact]
    public void TheLossOfLocations_IsMmdetections()
    {
        using var scope = NewDisposeScope();
        var part = Numbers.GetProperty("locations");
        var set = new LocationTargets(8, Strides).Compute(Pyramid(part), Truths(part), CPU);
        var logits = Filling.Fill(Numbers.GetProperty("location_loss").Whole("seed"), [set.Labels.shape[0], 1], -4, 4);
        Expect.Close(
            Numbers.GetProperty("location_loss").Real("value"),
            new SigmoidFocalLoss(1).forward(logits, set.Labels, set.Weights, set.Divisor).item<double>(),
            1e-6,
            1e-7,
            "loss"
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void PlacesOfShapes_AreMmdetections(int number)
    {
        using var scope = NewDisposeScope();
        var part = Numbers.GetProperty("shapes");
        var expected = part.GetProperty("cases")[number];
        var (truths, pyramid, images) = (Truths(part), Pyramid(part), zeros(1, 3, 96, 128));
        var anchors = new GuidedAnchors(8, 3, [0.5, 1, 2], Strides, 0.14);
        var assigner = new MaxIouAssigner(expected.Real("positive_iou"), expected.Real("negative_iou"), expected.Real("min_positive_iou"));
        var (squares, references) = (anchors.Squares(pyramid, images), anchors.References(pyramid, images));

        // A sampler that takes all shows the assignment.
        var set = new ShapeTargets(assigner, new RandomBoxSampler(4000, 0.5)).Compute(squares, references, truths, Shapes(truths), 1, CPU);
        var (places, divisor, count, first) = (set.Positive.data<long>().ToArray(), 0, squares.Sum(level => level.Count), 0);
        var flat = squares.SelectMany(level => level).ToArray();
        for (var image = 0; image < truths.Length; image++)
        {
            var positive = expected
                .GetProperty("images")[image]
                .GetProperty("positive")
                .EnumerateArray()
                .Select(pair => (Place: pair[0].GetInt32(), Object: pair[1].GetInt32()))
                .ToArray();
            var ignored = expected.GetProperty("images")[image].GetProperty("ignored").GetArrayLength();
            for (var i = 0; i < positive.Length; i++)
            {
                Assert.Equal((image * count) + positive[i].Place, places[first + i]);
                Expect.Close(
                    [.. truths[image].Boxes.Skip(positive[i].Object * 4).Take(4).Select(corner => (double)corner)],
                    Expect.Values(set.Boxes[first + i]),
                    0,
                    0,
                    "object"
                );
                Expect.Close(
                    [.. flat.Skip(positive[i].Place * 4).Take(4).Select(corner => (double)corner)],
                    Expect.Values(set.Squares[first + i]),
                    0,
                    0,
                    "square"
                );
            }

            first += positive.Length;
            divisor += Math.Max(1, positive.Length) + Math.Max(1, count - positive.Length - ignored);
        }

        Assert.Equal(first, places.Length);
        Assert.Equal(divisor, set.Divisor);
    }

    [Fact]
    public void TheChoiceOfPlaces_FollowsTheSeed()
    {
        using var scope = NewDisposeScope();
        var part = Numbers.GetProperty("shapes");
        var (anchors, pyramid, images) = (new GuidedAnchors(8, 3, [0.5, 1, 2], Strides, 0.14), Pyramid(part), zeros(1, 3, 96, 128));
        var targets = new ShapeTargets(new MaxIouAssigner(0.5, 0.4, 0.4), new RandomBoxSampler(32, 0.5));
        Assert.Equal(Chosen(3), Chosen(3));
        Assert.NotEqual(Chosen(3), Chosen(4));

        // 16 positive and 16 negative places in each of two images; none and 32 in the third.
        Assert.Equal(
            32 + 32 + 1 + 32,
            targets
                .Compute(anchors.Squares(pyramid, images), anchors.References(pyramid, images), Truths(part), Shapes(Truths(part)), 3, CPU)
                .Divisor
        );

        long[] Chosen(long seed) =>
            targets
                .Compute(
                    anchors.Squares(pyramid, images),
                    anchors.References(pyramid, images),
                    Truths(part),
                    Shapes(Truths(part)),
                    seed,
                    CPU
                )
                .Positive.data<long>()
                .ToArray();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Shapes_MakeMmdetectionsAnchors(int number)
    {
        using var scope = NewDisposeScope();
        var part = Numbers.GetProperty("anchors");
        var expected = part.GetProperty("cases")[number];
        var anchors = new GuidedAnchors(8, 3, [0.5, 1, 2], Strides, expected.Real("deviation"));
        var squares = part.Numbers("squares");
        var shapes = Filling.Fill(part.Whole("seed"), [16, 2], -20, 20);
        Expect.Close(
            expected.Numbers("boxes"),
            Expect.Values(anchors.Decode(tensor(squares, [16, 4]), shapes)),
            1e-9,
            1e-9,
            "with a gradient"
        );
        Boxes[] levels =
        [
            [.. squares.Take(40).Select(corner => (float)corner)],
            [.. squares.Skip(40).Select(corner => (float)corner)],
        ];
        var made = anchors.Of(levels, shapes.unsqueeze(0));
        Expect.Close(
            expected.Numbers("boxes"),
            [.. made[0].SelectMany(level => level).Select(corner => (double)corner)],
            1e-3,
            1e-5,
            "on the host"
        );
    }

    [Fact]
    public void Shapes_HaveGradients()
    {
        using var scope = NewDisposeScope();
        var anchors = new GuidedAnchors(8, 3, [1], Strides, 0.14);
        var (squares, direction) = (tensor(new double[] { 0, 0, 32, 32, 16, 8, 80, 72 }, [2, 4]), Filling.Fill(2, [2, 4], -1, 1));
        Differences.Check(shapes => (anchors.Decode(squares, shapes) * direction).sum(), [0.5, -1, 2, 0.1], [2, 2], "shapes");
    }

    [Fact]
    public void Proposals_AreMmdetections()
    {
        using var scope = NewDisposeScope();
        var part = Numbers.GetProperty("proposals");
        var seeds = part.Shape("seeds");
        var anchors = new GuidedAnchors(8, 3, [0.5, 1, 2], Strides, 0.14);
        var squares = anchors.Squares(Pyramid(part), zeros(1, 3, 96, 128));
        var count = squares.Sum(level => level.Count);
        var (objectness, offsets) = (Fill(seeds[0], -4, 4, 2, count), Fill(seeds[1], -3, 3, 2, count, 4));
        var locations = Fill(seeds[3], -12, 0, 2, count);
        var kept = GuidedAnchors.Kept(objectness, locations, 0.01);
        var selector = new ProposalSelector(
            candidatesPerLevel: 100,
            maxPerImage: 40,
            nmsIou: 0.7,
            minSize: 0,
            new DeltaBoxCoder(0.07, 0.11)
        );
        ImageShape[] shapes = [new(1, 96, 128, 96, 128), new(2, 80, 100, 80, 100)];
        var proposals = selector.Select(kept, offsets, anchors.Of(squares, Fill(seeds[2], -4, 4, 2, count, 2)), shapes);
        for (var image = 0; image < 2; image++)
        {
            Expect.Close(
                part.GetProperty("boxes")[image].Numbers(),
                [.. proposals[image].Select(corner => (double)corner)],
                2e-3,
                1e-5,
                $"image {image}"
            );
        }

        static Tensor Fill(int seed, double low, double high, params long[] shape) =>
            Filling.Fill(seed, shape, low, high, ScalarType.Float32);
    }

    // Upstream joins an empty list of levels and fails.
    [Fact]
    public void WithoutAnyLocation_NothingIsProposed()
    {
        using var scope = NewDisposeScope();
        var anchors = new GuidedAnchors(8, 3, [1], [4], 1);
        var squares = anchors.Squares([zeros(1, 1, 2, 2)], zeros(1, 3, 8, 8));
        var kept = GuidedAnchors.Kept(zeros(1, 4), full([1, 4], -20f), 0.01);
        Assert.Equal(0, GuidedAnchors.KeptScores(ones(1, 4, 3), full([1, 4], -20f), 0.01).sum().item<float>());
        Assert.Equal([1, 1, 0, 0], Expect.Values(GuidedAnchors.KeptScores(ones(1, 2, 2), tensor(new float[] { 0, -20 }, [1, 2]), 0.01)));
        Assert.Empty(
            new ProposalSelector(10, 10, 0.7, 0, new DeltaBoxCoder()).Select(
                kept,
                zeros(1, 4, 4),
                anchors.Of(squares, zeros(1, 4, 2)),
                [new(1, 8, 8, 8, 8)]
            )[0]
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void TheBoundedLoss_IsMmdetections(int number)
    {
        using var scope = NewDisposeScope();
        var expected = Numbers.GetProperty("bounded_iou").GetProperty("cases")[number];
        var loss = new BoundedIouLoss(expected.Real("beta"));
        var targets = Boxes(Filling.Fill(813, [12, 2], 20, 80), Filling.Fill(814, [12, 2], 5, 60));
        var predictions = cat(
                [
                    targets.narrow(0, 0, 6) + Filling.Fill(815, [6, 4], -3, 3),
                    Boxes(Filling.Fill(811, [12, 2], 20, 80), Filling.Fill(812, [12, 2], 5, 60)).narrow(0, 6, 6),
                ],
                0
            )
            .detach()
            .requires_grad_();
        var losses = loss.Elementwise(predictions, targets);
        Expect.Close(expected.Numbers("losses"), Expect.Values(losses), 1e-12, 1e-12, "losses");
        (losses * Filling.Fill(816, [12, 4], 0, 1)).sum().backward();
        Expect.Close(expected.Numbers("gradient"), Expect.Values(predictions.grad!), 1e-12, 1e-12, "gradient");
        Expect.Close(losses.sum().item<double>() / 7, loss.forward(predictions, targets, null, 7).item<double>(), 1e-12, 1e-12, "sum");
        using var none = zeros(0, 4).requires_grad_();
        loss.forward(none, zeros(0, 4), null, 0).backward();

        static Tensor Boxes(Tensor centres, Tensor sizes) => cat([centres - (sizes / 2), centres + (sizes / 2)], 1);
    }

    // Worked numbers for beta 0.2: the four smooth values of (100, 100, 200, 180) against (110, 95, 190, 190).
    [Fact]
    public void TheBoundedLoss_OfAWorkedPair()
    {
        using var scope = NewDisposeScope();
        var (prediction, target) = (
            tensor(new double[] { 100, 100, 200, 180 }, [1, 4]),
            tensor(new double[] { 110, 95, 190, 190 }, [1, 4])
        );
        Expect.Close(
            [0, 0.025005, 0.100008, 0.062334],
            Expect.Values(new BoundedIouLoss().Elementwise(prediction, target)),
            1e-6,
            0,
            "losses"
        );
    }

    [Fact]
    public void TargetsOfOwnAnchors_AreThoseOfTheImageAlone()
    {
        using var scope = NewDisposeScope();
        Boxes[][] anchors =
        [
            [
                [0, 0, 10, 10],
                [20, 20, 40, 40],
            ],
            [
                [0, 0, 12, 12],
                [50, 50, 90, 90],
            ],
        ];
        GroundTruth[] truths = [Truth([0, 0, 10, 10]), Truth([52, 50, 90, 92])];
        var first = new RpnTargets(new MaxIouAssigner(0.7, 0.3, 0.3), new RandomBoxSampler(8, 0.5), new DeltaBoxCoder()).Compute(
            anchors,
            truths,
            Shapes(truths),
            1,
            CPU
        );
        Assert.Equal([0L, 3L], first.Positive.data<long>().ToArray());
        Assert.Equal([0L, 1L, 3L, 2L], first.Sampled.data<long>().ToArray());
        Expect.Close([0, 0, 0, 0, 0.025, 0.025, Math.Log(0.95), Math.Log(1.05)], Expect.Values(first.Offsets), 1e-6, 0, "offsets");
        var dense = new AnchorTargets(new MaxIouAssigner(0.5, 0.4, 0), new DeltaBoxCoder(), classes: 3, normalizePerImage: false).Compute(
            anchors,
            truths,
            Shapes(truths),
            CPU
        );
        Assert.Equal([0L, 3, 3, 0], dense.Labels.data<long>().ToArray());
        Expect.Close(first.Offsets, dense.Offsets, 0, 0, "dense offsets");
    }

    [Fact]
    public void OnlyResultsStayAlive()
    {
        using var all = NewDisposeScope();
        var part = Numbers.GetProperty("shapes");
        var (truths, pyramid, images) = (Truths(part), Pyramid(part), zeros(1, 3, 96, 128));
        var anchors = new GuidedAnchors(8, 3, [0.5, 1, 2], Strides, 0.14);
        var squares = anchors.Squares(pyramid, images);
        using var chosen = tensor(new float[] { 0, 0, 10, 10 }, [1, 4]);
        using var shapes = zeros([1, 2]).requires_grad_();
        using var every = zeros(1, squares.Sum(level => level.Count), 2);
        using var logits = zeros(1, 4);
        using var scores = zeros(1, 4, 2);
        LiveTensors.OnlyResultsStay("locations", () =>
        {
            var set = new LocationTargets(8, Strides).Compute(pyramid, truths, CPU);
            return [set.Labels, set.Weights];
        });
        LiveTensors.OnlyResultsStay("shapes", () =>
        {
            var set = new ShapeTargets(new MaxIouAssigner(0.5, 0.4, 0.4), new RandomBoxSampler(32, 0.5)).Compute(
                squares,
                anchors.References(pyramid, images),
                truths,
                Shapes(truths),
                1,
                CPU
            );
            return [set.Positive, set.Squares, set.Boxes];
        });
        LiveTensors.OnlyResultsStay("anchors", () =>
        {
            anchors.Of(squares, every);
            return
            [
                anchors.Decode(chosen, shapes),
                GuidedAnchors.Kept(logits, logits, 0.01),
                GuidedAnchors.KeptScores(scores, logits, 0.01),
            ];
        });
        LiveTensors.NothingStays("loss", () => new BoundedIouLoss().forward(anchors.Decode(chosen, shapes), chosen, null, 1).backward());
    }

    private static Tensor[] Pyramid(JsonElement part) =>
        [.. part.GetProperty("sizes").EnumerateArray().Select(size => zeros(1, 1, size[0].GetInt64(), size[1].GetInt64()))];

    private static GroundTruth[] Truths(JsonElement part) =>
        [.. part.GetProperty("boxes").EnumerateArray().Select(boxes => Truth(Array.ConvertAll(boxes.Numbers(), corner => (float)corner)))];

    private static ImageShape[] Shapes(GroundTruth[] truths) => [.. truths.Select(_ => new ImageShape(1, 128, 128, 128, 128))];

    private static GroundTruth Truth(float[] boxes) => new(boxes, new long[boxes.Length / 4], null, []);
}
