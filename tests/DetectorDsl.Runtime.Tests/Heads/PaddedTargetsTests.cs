using System.Text.Json;
using DetectorDsl.Detection.Anchors;
using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Matching;
using DetectorDsl.Detection.Sampling;
using DetectorDsl.Detection.Targets;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Heads;

/// <summary>Three images of one batch, two of them with less padding of their own than the batch has, one without objects, against mmdetection's numbers.</summary>
public sealed class PaddedTargetsTests
{
    private const int Height = 128;
    private const int Width = 160;

    private static readonly int[] Strides = [8, 16, 32];

    private static readonly RandomBoxSampler All = new(100000, 0.5);

    private static readonly JsonElement Numbers = Fixtures.Open("Heads/Fixtures/padded_targets.json");

    private static readonly ImageShape[] Shapes =
    [
        .. Numbers
            .GetProperty("images")
            .EnumerateArray()
            .Select(image => new ImageShape(1, image.Whole("height"), image.Whole("width"), image.Whole("height"), image.Whole("width"))
            {
                PaddedHeight = image.Whole("padded_height"),
                PaddedWidth = image.Whole("padded_width"),
            }),
    ];

    private static readonly GroundTruth[] Truths =
    [
        .. Numbers
            .GetProperty("images")
            .EnumerateArray()
            .Select(image => image.Singles("boxes"))
            .Select(boxes => new GroundTruth(boxes, [.. Enumerable.Range(0, boxes.Length / 4).Select(item => (long)item)], null, [])),
    ];

    [Theory]
    [InlineData("rpn", -1)]
    [InlineData("rpn_within", 0)]
    public void FirstStage(string part, int allowedBorder)
    {
        using var scope = NewDisposeScope();
        var expected = Numbers.GetProperty(part);
        var assigner = new MaxIouAssigner(0.7, 0.3, 0.3);
        var targets = new RpnTargets(assigner, All, new DeltaBoxCoder(), allowedBorder).Compute(Anchors(), Truths, Shapes, 1, CPU);
        Check(expected, targets);
        var exact = new RpnTargets(assigner, All, new DeltaBoxCoder(), allowedBorder, exactDivisor: true).Compute(
            Anchors(),
            Truths,
            Shapes,
            1,
            CPU
        );
        Assert.Equal(targets.Sampled.shape[0], exact.Divisor);
        Assert.Equal(1, targets.Divisor - exact.Divisor);
    }

    [Fact]
    public void OwnAnchorsOfEachImage()
    {
        using var scope = NewDisposeScope();
        var squares = Guided().Squares(Pyramid(), Images());
        Boxes[][] anchors = [.. Shapes.Select((_, image) => Own(squares, image))];
        var targets = new RpnTargets(new MaxIouAssigner(0.5, 0.3, 0.3), All, new DeltaBoxCoder()).Compute(anchors, Truths, Shapes, 1, CPU);
        Check(Numbers.GetProperty("guided"), targets);
    }

    [Fact]
    public void DenseHead()
    {
        using var scope = NewDisposeScope();
        var expected = Numbers.GetProperty("retina");
        var assigner = new MaxIouAssigner(0.5, 0.4, 0);
        var targets = new AnchorTargets(assigner, new DeltaBoxCoder(), classes: 3, normalizePerImage: false).Compute(
            Anchors(),
            Truths,
            Shapes,
            CPU
        );
        var count = targets.Labels.shape[0] / 3;
        var (labels, weights) = (targets.Labels.data<long>().ToArray(), targets.Weights.data<float>().ToArray());
        Assert.Equal(Positives(expected, count).Select(item => item.Anchor), targets.Positive.data<long>().ToArray());
        Assert.Equal(
            Positives(expected, count).Select(item => (long)item.Object),
            targets.Positive.data<long>().ToArray().Select(anchor => labels[anchor])
        );
        var negatives = Enumerable.Range(0, labels.Length).Where(anchor => labels[anchor] == 3 && weights[anchor] == 1);
        CheckNegatives(expected, [.. negatives.Select(anchor => (long)anchor)], count);

        // Five, four and, for the image without any, one.
        Assert.Equal(expected.Real("pos_sum"), targets.Divisor);

        // torchvision's rule: nothing is left out but what lies between the bounds.
        var all = new AnchorTargets(assigner, new DeltaBoxCoder(), classes: 3, normalizePerImage: true, inPadding: true).Compute(
            Anchors(),
            Truths,
            Shapes,
            CPU
        );
        Assert.Equal(count, (all.Weights.narrow(0, 2 * count, count) > 0).sum().item<long>());
    }

    [Fact]
    public void ShapesOfGuidedAnchors()
    {
        using var scope = NewDisposeScope();
        var expected = Numbers.GetProperty("shapes");
        var (guided, pyramid, images) = (Guided(), Pyramid(), Images());
        var (squares, references) = (guided.Squares(pyramid, images), guided.References(pyramid, images));
        var targets = new ShapeTargets(new MaxIouAssigner(0.5, 0.4, 0.4), All).Compute(squares, references, Truths, Shapes, 1, CPU);
        var own = expected.GetProperty("images").EnumerateArray().ToArray();
        Assert.Equal(
            own.SelectMany((image, n) => image.Integers("positive").Select(place => place + ((long)n * Places))),
            targets.Positive.data<long>().ToArray()
        );
        Assert.Equal([.. own.SelectMany(image => image.Numbers("boxes"))], Expect.Values(targets.Boxes));
        Assert.Equal(expected.Real("pos_sum") + expected.Real("neg_sum"), targets.Divisor);
    }

    private static void Check(JsonElement expected, RpnTargetSet targets)
    {
        var anchors = targets.Sampled.data<long>().ToArray();
        var objectness = targets.Objectness.data<float>().ToArray();
        var perImage = PerImage(expected);
        var positives = Positives(expected, perImage).ToList();
        Assert.Equal(positives.Select(item => item.Anchor), targets.Positive.data<long>().ToArray());
        CheckNegatives(expected, [.. anchors.Where((_, i) => objectness[i] == 0)], perImage);
        Assert.Equal(expected.Real("pos_sum") + expected.Real("neg_sum"), targets.Divisor);
        var (offsets, first) = (Expect.Values(targets.Offsets), 0);
        foreach (var image in expected.GetProperty("images").EnumerateArray())
        {
            var rows = image.GetProperty("positive").GetArrayLength();
            var sums = Enumerable
                .Range(0, 4)
                .Select(column => Enumerable.Range(first, rows).Sum(row => offsets[(row * 4) + column]))
                .ToArray();
            Expect.Close(image.Numbers("offsets_sum"), sums, 2e-6, 0, "offsets");
            first += rows;
        }
    }

    private static void CheckNegatives(JsonElement expected, long[] negatives, long count)
    {
        foreach (var (n, image) in expected.GetProperty("images").EnumerateArray().Index())
        {
            long[] own = [.. negatives.Where(anchor => anchor / count == n).Select(anchor => anchor % count)];
            Assert.Equal(image.Whole("negatives"), own.Length);
            Assert.Equal(image.Whole("negative_sum"), own.Sum());
        }
    }

    private static IEnumerable<(long Anchor, int Object)> Positives(JsonElement expected, long count) =>
        expected
            .GetProperty("images")
            .EnumerateArray()
            .SelectMany(
                (image, n) =>
                    image.GetProperty("positive").EnumerateArray().Select(pair => ((n * count) + pair[0].GetInt64(), pair[1].GetInt32()))
            );

    // One anchor at a place where they are guided, else three.
    private static long PerImage(JsonElement expected) => expected.GetProperty("images")[2].Whole("negatives") == 210 ? Places : 3 * Places;

    private static int Places => Strides.Sum(stride => Height / stride * (Width / stride));

    private static Boxes[] Anchors() => new AnchorGenerator([2], [0.5, 1, 2], Strides).Of(Pyramid(), Images());

    private static GuidedAnchors Guided() => new(2, 3, [0.5, 1, 2], Strides, 0.14);

    // Half as wide as stride x (1 + ((7 i + 3 n) mod 5) / 4), half as high as stride x (1 + ((5 i + n) mod 4) / 4), for place i of image n.
    private static Boxes[] Own(Boxes[] squares, int image)
    {
        var place = 0;
        return
        [
            .. squares.Select(
                (level, index) =>
                    (Boxes)
                        level
                            .Chunk(4)
                            .SelectMany(square =>
                            {
                                var (x, y) = ((square[0] + square[2]) / 2, (square[1] + square[3]) / 2);
                                var (across, down) = (
                                    Strides[index] * (1 + (((7 * place) + (3 * image)) % 5 / 4f)),
                                    Strides[index] * (1 + (((5 * place) + image) % 4 / 4f))
                                );
                                place++;
                                return new[] { x - across, y - down, x + across, y + down };
                            })
                            .ToArray()
            ),
        ];
    }

    private static Tensor Images() => zeros(3, 3, Height, Width);

    private static Tensor[] Pyramid() => [.. Strides.Select(stride => zeros(3, 1, Height / stride, Width / stride))];
}
