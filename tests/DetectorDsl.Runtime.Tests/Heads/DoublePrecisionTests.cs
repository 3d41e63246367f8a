using DetectorDsl.Detection.Anchors;
using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Matching;
using DetectorDsl.Detection.Sampling;
using DetectorDsl.Detection.Selection;
using DetectorDsl.Detection.Targets;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Heads;

/// <summary>A network in double precision: no box on its way from anchors to targets is rounded to single.</summary>
public sealed class DoublePrecisionTests
{
    private const double Tolerance = 1e-13;

    private static readonly DeltaBoxCoder Coder = new(0.1, 0.2);

    private static readonly RandomBoxSampler All = new(1000, 1);

    private static readonly ImageShape Shape = new(1, 100, 120, 100, 120);

    // Numbers that single precision has not.
    private static readonly double[] Boxes = [0.1, 0.2, 10.3, 9.7, 50.1, 50.2, 60.3, 60.4];

    private static readonly GroundTruth Truth = new([0, 0, 10, 10], [1], null, []);

    [Fact]
    public void AnchorsAreOfTheMapsPrecision()
    {
        using var scope = NewDisposeScope();
        var generator = new AnchorGenerator([8], [0.5, 2], [4, 8]);
        Tensor[] single = [zeros(1, 1, 3, 4), zeros(1, 1, 2, 2)];
        var anchors = generator.Of([.. single.Select(map => map.to(ScalarType.Float64))], zeros(1, 3, 12, 16));
        Assert.All(anchors, level => Assert.True(level.AreDouble));
        Assert.All(generator.Of(single, zeros(1, 3, 12, 16)), level => Assert.False(level.AreDouble));

        // Side 32, ratio 1 / 2: 32 x the root of 2 across.
        Expect.Close(
            [-16 * Math.Sqrt(2), -8 * Math.Sqrt(2), 16 * Math.Sqrt(2), 8 * Math.Sqrt(2)],
            anchors[0].In<double>()[..4],
            Tolerance,
            0,
            "anchor"
        );
    }

    [Fact]
    public void Proposals()
    {
        using var scope = NewDisposeScope();
        var offsets = Filling.Fill(3, [1, 2, 4], -0.5, 0.5);
        var proposals = new ProposalSelector(10, 10, 0.7, 0, Coder).Select(tensor(new[] { 0.3, 0.2 }, [1, 2]), offsets, [Boxes], [Shape])[
            0
        ];
        Assert.True(proposals.AreDouble);
        Expect.Close(Decoded(Boxes, Expect.Values(offsets)), proposals.In<double>(), Tolerance, 0, "proposals");

        // What single precision takes for one score are two.
        var order = new ProposalSelector(10, 10, 0.7, 0, Coder).Select(
            tensor(new[] { 0.3, 0.3 + 1e-12 }, [1, 2]),
            offsets,
            [Boxes],
            [Shape]
        )[0];
        Assert.Equal(proposals.In<double>()[4..], order.In<double>()[..4]);
    }

    [Fact]
    public void TargetsOfRegions_AndWhereTheyGo()
    {
        using var scope = NewDisposeScope();
        var masks = ones([1, 100, 120], dtype: ScalarType.Byte);
        var targets = new RoiTargets(new MaxIouAssigner(0.5, 0.5, 0.5), All, Coder, 3).Compute([Boxes], [Truth], 1, CPU);
        Assert.Equal([0, .. Boxes[..4], 0, .. Boxes[4..]], Expect.Values(targets.Rois));
        Assert.Equal(Boxes[..4], targets.PositiveBoxes.In<double>());
        Expect.Close(Encoded(Boxes[..4], [0, 0, 10, 10]), Expect.Values(targets.Offsets), Tolerance, 0, "offsets");
        Assert.Equal(ScalarType.Float64, targets.Rois.dtype);
        Assert.Equal(
            ScalarType.Float64,
            MaskTargets.Crop(masks, targets.PositiveBoxes.ToTensor(0, 1), zeros(1, ScalarType.Int64), 7).dtype
        );

        var numbers = Filling.Fill(4, [2, 4], -0.5, 0.5);
        var refined = RegionRefiner.Refine(targets, numbers, scores: null, Coder, [Shape])[0];
        Expect.Close(Decoded(Boxes, Expect.Values(numbers)), refined.In<double>(), Tolerance, 0, "refined");
    }

    [Fact]
    public void TargetsOfAnchors()
    {
        using var scope = NewDisposeScope();
        var first = new RpnTargets(new MaxIouAssigner(0.7, 0.3, 0.3), All, Coder).Compute([Boxes], [Truth], [Shape], 1, CPU);
        Expect.Close(Encoded(Boxes[..4], [0, 0, 10, 10]), Expect.Values(first.Offsets), Tolerance, 0, "first stage");

        // A third, as an image of three has it.
        var dense = new AnchorTargets(new MaxIouAssigner(0.5, 0.4, 0), Coder, 3, normalizePerImage: true).Compute(
            [Boxes],
            [Truth, Truth, Truth],
            [Shape, Shape, Shape],
            CPU
        );
        Expect.Close(first.Offsets, dense.Offsets.narrow(0, 0, 1), 0, 0, "dense head");
        Assert.Equal(1.0 / 3, dense.Weights[0].item<double>());
        Assert.Equal(1.0 / 3, dense.PositiveWeights[0].item<double>());
        Assert.Equal(Boxes[..4], dense.PositiveBoxes.In<double>()[..4]);
    }

    [Fact]
    public void TargetsOfLocations()
    {
        using var scope = NewDisposeScope();
        double[] cell = [0.1, 0.1, 8.1, 8.1];
        var targets = new PointTargets(new DistanceBoxCoder(inStrides: false), 3).Compute([cell], [Truth], CPU);
        Expect.Close([4.1, 4.1, 5.9, 5.9], Expect.Values(targets.Distances), Tolerance, 0, "distances");
        Expect.Close(4.1 / 5.9, targets.CentrenessSum, Tolerance, 0, "centre-ness");
    }

    [Fact]
    public void GuidedAnchors_AreThoseOfTheirGradient()
    {
        using var scope = NewDisposeScope();
        var anchors = new GuidedAnchors(8, 3, [0.5, 1, 2], [4], 0.14);
        var shapes = Filling.Fill(5, [1, 2, 2], -3, 3);
        var made = anchors.Of([Boxes], shapes)[0][0];
        Expect.Close(Expect.Values(anchors.Decode(tensor(Boxes, [2, 4]), shapes[0])), made.In<double>(), Tolerance, 0, "anchors");
        var targets = new ShapeTargets(new MaxIouAssigner(0.5, 0.4, 0.4), All).Compute([Boxes], [Boxes], [Truth], [Shape], 1, CPU);
        Assert.Equal(Boxes[..4], Expect.Values(targets.Squares));
    }

    [Theory]
    [InlineData(7, 0)]
    [InlineData(6.9999999, Assignment.Ignored)]
    public void OverlapsAreComparedInDouble(double width, int matched)
    {
        double[] box = [0, 0, width, 1];
        Assert.Equal(
            [matched],
            new MaxIouAssigner(0.7, 0.3, 0.3, matchLowQuality: false).Assign(box, new double[] { 0, 0, 10, 1 }).Matched
        );

        // Single precision cannot tell them apart.
        Assert.Equal([0], new MaxIouAssigner(0.7, 0.3, 0.3, matchLowQuality: false).Assign([0, 0, (float)width, 1], [0, 0, 10, 1]).Matched);
    }

    [Fact]
    public void TheLevelOfARegion()
    {
        using var scope = NewDisposeScope();

        // 1e-6 from the border, where a small number is added, less a hair.
        var side = 56 * (2 - 1e-6 - 1e-9);
        var rois = tensor(new[] { 0, 0, 0, side, side }, [1, 5]);
        var align = new MultiLevelRoIAlign(7, 0, aligned: true, [4, 8]);
        Assert.Equal([0], align.Levels(rois));
        Assert.Equal([1], align.Levels(rois.to(ScalarType.Float32)));
    }

    [Fact]
    public void SidesInBuckets()
    {
        var coder = new BucketBoxCoder();
        var (exact, single) = (new double[coder.TargetNumbers], new float[coder.TargetNumbers]);
        double[] target = [0, 0, 10, 10];
        coder.EncodeTarget(Boxes.AsSpan(0, 4), target, exact);
        coder.EncodeTarget(Array.ConvertAll(Boxes[..4], corner => (float)corner), [0, 0, 10, 10], single);
        Expect.Close(Array.ConvertAll(single, number => (double)number), exact, 2e-6, 0, "targets");

        // The first left bucket's centre is half a bucket behind the widened box's side.
        var wide = 1.7 * 10.2;
        Expect.Close(((0.1 + 10.3) / 2) - (wide / 2) + (wide / 28), exact[2 * 28] * (wide / 14), Tolerance, 0, "distance");
    }

    [Fact]
    public void CodersAndAssignersOfOnesOwn_ServeInSingle()
    {
        IBoxAssigner assigner = new Nearest();
        Assert.Equal([0], assigner.Assign(Boxes.AsSpan(0, 4), Boxes.AsSpan(0, 4)).Matched);
        IBoxCoder coder = new Shift();
        var (target, decoded) = (new double[4], new double[4]);
        coder.EncodeTarget(Boxes.AsSpan(0, 4), Boxes.AsSpan(4, 4), target);
        coder.DecodeWithin(Boxes.AsSpan(0, 4), target, 100, 120, decoded);
        Expect.Close(Boxes[4..], decoded, 1e-5, 0, "shifted");
    }

    private static double[] Decoded(double[] boxes, double[] numbers) =>
        [
            .. Enumerable
                .Range(0, boxes.Length / 4)
                .SelectMany(box =>
                {
                    var decoded = new double[4];
                    Coder.Decode<double>(boxes.AsSpan(box * 4, 4), numbers.AsSpan(box * 4, 4), decoded);
                    return new[]
                    {
                        Math.Clamp(decoded[0], 0, 120),
                        Math.Clamp(decoded[1], 0, 100),
                        Math.Clamp(decoded[2], 0, 120),
                        Math.Clamp(decoded[3], 0, 100),
                    };
                }),
        ];

    private static double[] Encoded(double[] box, double[] target)
    {
        var numbers = new double[4];
        Coder.Encode<double>(box, target, numbers);
        return numbers;
    }

    private sealed class Nearest : IBoxAssigner
    {
        public Assignment Assign(ReadOnlySpan<float> boxes, ReadOnlySpan<float> truths) =>
            new(new int[boxes.Length / 4], new float[boxes.Length / 4]);
    }

    private sealed class Shift : IBoxCoder
    {
        public void EncodeTarget(ReadOnlySpan<float> box, ReadOnlySpan<float> target, Span<float> numbers) =>
            System.Numerics.Tensors.TensorPrimitives.Subtract(target, box, numbers);

        public void DecodeWithin(ReadOnlySpan<float> box, ReadOnlySpan<float> numbers, int height, int width, Span<float> decoded) =>
            System.Numerics.Tensors.TensorPrimitives.Add(box, numbers, decoded);
    }
}
