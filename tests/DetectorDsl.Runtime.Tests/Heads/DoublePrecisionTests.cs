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
    private static readonly double[] Numbers = [0.1, 0.2, 10.3, 9.7, 50.1, 50.2, 60.3, 60.4];

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
            anchors[0].Numbers<double>()[..4].ToArray(),
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
        var proposals = new ProposalSelector(10, 10, 0.7, 0, Coder).Select(
            tensor(new[] { 0.3, 0.2 }, [1, 2]),
            offsets,
            (Boxes[])[Numbers],
            [Shape]
        )[0];
        Assert.True(proposals.AreDouble);
        Expect.Close(Decoded(Numbers, Expect.Values(offsets)), proposals.Numbers<double>().ToArray(), Tolerance, 0, "proposals");

        // What single precision takes for one score are two.
        var order = new ProposalSelector(10, 10, 0.7, 0, Coder).Select(
            tensor(new[] { 0.3, 0.3 + 1e-12 }, [1, 2]),
            offsets,
            (Boxes[])[Numbers],
            [Shape]
        )[0];
        Assert.Equal(proposals[1], order[0]);
    }

    [Fact]
    public void TargetsOfRegions_AndWhereTheyGo()
    {
        using var scope = NewDisposeScope();
        var masks = ones([1, 100, 120], dtype: ScalarType.Byte);
        var targets = new RoiTargets(new MaxIouAssigner(0.5, 0.5, 0.5), All, Coder, 3).Compute([Numbers], [Truth], 1, CPU);
        Assert.Equal([0, .. Numbers[..4], 0, .. Numbers[4..]], Expect.Values(targets.Rois.ToTensor(CPU)));
        Assert.Equal(Numbers[..4], targets.PositiveRois.All.Numbers<double>().ToArray());
        Expect.Close(Encoded(Numbers[..4], [0, 0, 10, 10]), Expect.Values(targets.Offsets), Tolerance, 0, "offsets");
        Assert.Equal(ScalarType.Float64, targets.Rois.ToTensor(CPU).dtype);
        Assert.Equal(ScalarType.Float64, MaskTargets.Crop(masks, targets.PositiveRois.All, [0], 7).dtype);

        var numbers = Filling.Fill(4, [2, 4], -0.5, 0.5);
        var refined = RegionRefiner.Refine(targets, numbers, scores: null, Coder, [Shape])[0];
        Expect.Close(Decoded(Numbers, Expect.Values(numbers)), refined.Numbers<double>().ToArray(), Tolerance, 0, "refined");
    }

    [Fact]
    public void TargetsOfAnchors()
    {
        using var scope = NewDisposeScope();
        var first = new RpnTargets(new MaxIouAssigner(0.7, 0.3, 0.3), All, Coder).Compute((Boxes[])[Numbers], [Truth], [Shape], 1, CPU);
        Expect.Close(Encoded(Numbers[..4], [0, 0, 10, 10]), Expect.Values(first.Offsets), Tolerance, 0, "first stage");

        // A third, as an image of three has it.
        var dense = new AnchorTargets(new MaxIouAssigner(0.5, 0.4, 0), Coder, 3, normalizePerImage: true).Compute(
            (Boxes[])[Numbers],
            [Truth, Truth, Truth],
            [Shape, Shape, Shape],
            CPU
        );
        Expect.Close(first.Offsets, dense.Offsets.narrow(0, 0, 1), 0, 0, "dense head");
        Assert.Equal(1.0 / 3, dense.Weights[0].item<double>());
        Assert.Equal(1.0 / 3, dense.PositiveWeights[0].item<double>());
        Assert.Equal(Numbers[..4], dense.PositiveBoxes.Numbers<double>()[..4].ToArray());
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
        var made = anchors.Of([Numbers], shapes)[0][0];
        Expect.Close(
            Expect.Values(anchors.Decode(tensor(Numbers, [2, 4]), shapes[0])),
            made.Numbers<double>().ToArray(),
            Tolerance,
            0,
            "anchors"
        );
        var targets = new ShapeTargets(new MaxIouAssigner(0.5, 0.4, 0.4), All).Compute([Numbers], [Numbers], [Truth], [Shape], 1, CPU);
        Assert.Equal(Numbers[..4], Expect.Values(targets.Squares));
    }

    [Theory]
    [InlineData(7, 0)]
    [InlineData(6.9999999, Assignment.Ignored)]
    public void OverlapsAreComparedInDouble(double width, int matched)
    {
        Boxes box = new[] { 0, 0, width, 1 };
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
        coder.EncodeTarget(Box(0), new Corners<double>(0, 0, 10, 10), exact);
        coder.EncodeTarget(Box(0).To<float>(), new Corners<float>(0, 0, 10, 10), single);
        Expect.Close(Array.ConvertAll(single, number => (double)number), exact, 2e-6, 0, "targets");

        // The first left bucket's centre is half a bucket behind the widened box's side.
        var wide = 1.7 * 10.2;
        Expect.Close(((0.1 + 10.3) / 2) - (wide / 2) + (wide / 28), exact[2 * 28] * (wide / 14), Tolerance, 0, "distance");
    }

    [Fact]
    public void CodersAndAssignersOfOnesOwn_ServeInSingle()
    {
        IBoxAssigner assigner = new Nearest();
        Assert.Equal([0], assigner.Assign(Numbers[..4], Numbers[..4]).Matched);
        IBoxCoder coder = new Shift();
        var target = new double[4];
        coder.EncodeTarget(Box(0), Box(1), target);
        var decoded = coder.DecodeWithin(Box(0), target, 100, 120);
        Expect.Close(Numbers[4..], [decoded.X1, decoded.Y1, decoded.X2, decoded.Y2], 1e-5, 0, "shifted");
    }

    private static Corners<double> Box(int index) => ((Boxes)Numbers)[index];

    private static double[] Decoded(Boxes boxes, double[] deltas) =>
        [
            .. Enumerable
                .Range(0, boxes.Count)
                .SelectMany(box =>
                {
                    var decoded = Coder.Decode(boxes[box], deltas.AsSpan(box * 4, 4));
                    return new[]
                    {
                        Math.Clamp(decoded.X1, 0, 120),
                        Math.Clamp(decoded.Y1, 0, 100),
                        Math.Clamp(decoded.X2, 0, 120),
                        Math.Clamp(decoded.Y2, 0, 100),
                    };
                }),
        ];

    private static double[] Encoded(Boxes box, double[] target)
    {
        var deltas = new double[4];
        Coder.Encode(box[0], ((Boxes)target)[0], deltas);
        return deltas;
    }

    private sealed class Nearest : IBoxAssigner
    {
        public Assignment Assign(Boxes boxes, Boxes groundTruth) => new(new int[boxes.Count], new float[boxes.Count]);
    }

    private sealed class Shift : IBoxCoder
    {
        public void EncodeTarget(Corners<float> box, Corners<float> target, Span<float> deltas)
        {
            for (var i = 0; i < 4; i++)
            {
                deltas[i] = target[i] - box[i];
            }
        }

        public Corners<float> DecodeWithin(Corners<float> box, ReadOnlySpan<float> deltas, int height, int width) =>
            new(box.X1 + deltas[0], box.Y1 + deltas[1], box.X2 + deltas[2], box.Y2 + deltas[3]);
    }
}
