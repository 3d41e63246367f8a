using DetectorDsl.Detection.Inference;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Detection.Selection;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Hosting.Inference;

public sealed class AugmentedDetectionTests
{
    // The image as stored is 400 x 200; the copies are 100 x 50, the same mirrored, and 200 x 100 mirrored.
    private static readonly ImageShape Small = new(7, 50, 100, 200, 400);
    private static readonly ImageShape Large = new(7, 100, 200, 200, 400);

    [Fact]
    public void Boxes_GoIntoTheCommonFrameAndBackExactly()
    {
        var frame = new CopyFrame(Large, isFlipped: true, Small);
        Corners<float> box = new(20, 10, 60, 40);
        Assert.Equal(new Corners<float>(70, 5, 90, 20), frame.ToCommon(box));
        Assert.Equal(box, frame.FromCommon(frame.ToCommon(box)));

        var itself = new CopyFrame(Small, isFlipped: false, Small);
        box = new Corners<float>(0.1f, 33.3f, 77.7f, 49.9f);
        Assert.Equal(box, itself.ToCommon(box));
    }

    [Fact]
    public void AllCopies_AreEveryScaleWithAndWithoutMirroring()
    {
        Assert.Equal([new(1, false)], ImageCopy.All([], withFlipped: false));
        Assert.Equal([new(0.5, false), new(0.5, true), new(2, false), new(2, true)], ImageCopy.All([0.5, 2], withFlipped: true));
        var preparation = new ImagePreparation([0, 0, 0], [1, 1, 1], 32, 75, 133);
        Assert.Equal((38, 67), (new ImageCopy(0.5, false).Of(preparation).ShortSide, new ImageCopy(0.5, false).Of(preparation).LongSide));
    }

    [Fact]
    public void ProposalsAreMerged_BoxesScoresAndMasksAveraged()
    {
        using var scope = NewDisposeScope();

        // Each copy proposes one region; that of the third copy lies on that of the first and scores less, so two remain.
        var model = new FakeDetector([
            new ImageProposals([10, 10, 30, 30], [2]),
            new ImageProposals([40, 20, 60, 40], [3]),
            new ImageProposals([140, 20, 180, 60], [1]),
        ]);
        PreparedCopy[] copies = [Copy(0, false, Small), Copy(1, true, Small), Copy(2, true, Large)];
        var found = AugmentedDetection.DetectMasks(model, copies, 0, nmsIou: 0.7, maxProposals: 10).Single();

        // Merged, best first, in the frame of the first copy; then as every copy sees them.
        Assert.Equal([40, 20, 60, 40, 10, 10, 30, 30], model.Classified[0]);
        Assert.Equal([40, 20, 60, 40, 70, 10, 90, 30], model.Classified[1]);
        Assert.Equal([80, 40, 120, 80, 140, 20, 180, 60], model.Classified[2]);

        // Copy k moves boxes by 1 + k pixels to the right and 2 down, and scores them 0.1 (1 + k) and 0.2 (1 + k).
        // To the right is to the left of a mirrored copy, and half as far in the frame of the first: 1, -2 and -1.5 on the average -2.5 / 3; down 2, 2 and 1.
        Assert.Equal(2, found.Count);
        double[] shifted =
        [
            40 - (2.5 / 3),
            20 + (5.0 / 3),
            60 - (2.5 / 3),
            40 + (5.0 / 3),
            10 - (2.5 / 3),
            10 + (5.0 / 3),
            30 - (2.5 / 3),
            30 + (5.0 / 3),
        ];
        Expect.Close(
            [.. new[] { 4, 5, 6, 7, 0, 1, 2, 3 }.Select(i => shifted[i])],
            [.. model.Selected.Select(value => (double)value)],
            1e-5,
            0,
            "boxes"
        );
        Expect.Close([0.4, 0.2], [.. found.Scores.Select(score => (double)score)], 1e-6, 0, "scores");

        // Columns 0, 1, 2, 3 of each copy, times 1 + k; mirrored ones the other way round: (c + 5 (3 - c)) / 3 / 10.
        Expect.Close([.. Enumerable.Range(0, 4).Select(c => (c + (5 * (3 - c))) / 30.0)], model.Masks![..4], 1e-6, 0, "masks");
    }

    [Fact]
    public void FewerProposals_AreKeptWhereThatIsAsked()
    {
        using var scope = NewDisposeScope();
        var model = new FakeDetector([new ImageProposals([10, 10, 30, 30], [2]), new ImageProposals([40, 20, 60, 40], [3])]);
        AugmentedDetection.Detect(model, [Copy(0, false, Small), Copy(1, true, Small)], 0, nmsIou: 0.7, maxProposals: 1);
        Assert.Equal([40, 20, 60, 40], model.Classified[0]);
    }

    [Fact]
    public void OneCopy_KeepsItsProposalsAsTheyAre()
    {
        using var scope = NewDisposeScope();
        var model = new FakeDetector([new ImageProposals([10, 10, 30, 30, 10, 10, 31, 30], [2, 1])]);
        AugmentedDetection.Detect(model, [Copy(0, false, Small)], 0, nmsIou: 0.7, maxProposals: 1);
        Assert.Equal([10, 10, 30, 30, 10, 10, 31, 30], model.Classified[0]);
    }

    [Fact]
    public void NothingStaysAlive()
    {
        LiveTensors.NothingStays("augmented detection", () =>
        {
            var model = new FakeDetector([new ImageProposals([10, 10, 30, 30], [2]), new ImageProposals([40, 20, 60, 40], [3])]);
            AugmentedDetection.DetectMasks(model, [Copy(0, false, Small), Copy(1, true, Small)], 0, nmsIou: 0.7, maxProposals: 1);
        });
    }

    private static PreparedCopy Copy(int number, bool isFlipped, ImageShape shape) =>
        new(new ImageCopy(1, isFlipped), full([1, 3, 4, 4], (float)number), [shape]);

    /// <summary>Finds what it is told; knows a copy by the value of its pixels.</summary>
    private sealed class FakeDetector(ImageProposals[] proposals) : IMaskDetector<int>
    {
        public Boxes[] Classified { get; } = new Boxes[proposals.Length];

        public Boxes Selected { get; private set; } = [];

        public double[]? Masks { get; private set; }

        public Tensor[] Features(Tensor images) => [images.alias()];

        public ImageProposals[] Propose(Tensor[] features, Tensor images, IReadOnlyList<ImageShape> shapes) =>
            [proposals[Number(features)]];

        public IScoredRegions[] Classify(Tensor[] features, IReadOnlyList<Boxes> given, IReadOnlyList<ImageShape> shapes, int options)
        {
            Classified[Number(features)] = given[0];
            return [new Shifted(shapes[0], given[0], Number(features))];
        }

        public ImageDetections[] Select(IReadOnlyList<IScoredRegions> regions, int options)
        {
            var detections = new DetectionSelector(0.05, 0.5, 10).Select(regions);
            Selected = detections[0].Boxes;
            return detections;
        }

        public Tensor Segment(Tensor[] features, IReadOnlyList<ImageDetections> detections)
        {
            using var scope = NewDisposeScope();
            var count = detections.Sum(image => image.Count);
            return (
                arange(4, dtype: ScalarType.Float32).view(1, 1, 4).expand(count, 4, 4) * (0.1 * (1 + Number(features)))
            ).MoveToOuterDisposeScope();
        }

        public ImageDetections[] Restore(IReadOnlyList<ImageDetections> detections, Tensor probabilities)
        {
            Masks = Expect.Values(probabilities);
            return MaskSelector.Restore(detections, probabilities, 0.5, MaskPasting.Paste);
        }

        private static int Number(Tensor[] features)
        {
            using var scope = NewDisposeScope();
            return (int)features[0].mean().item<float>();
        }
    }

    private sealed class Shifted(ImageShape shape, Boxes boxes, int copy) : IScoredRegions<float>
    {
        // Two regions at most: 0.1 (1 + k) and 0.2 (1 + k) for the only class.
        private readonly float[] scores =
        [
            .. Enumerable.Range(0, boxes.Count).SelectMany(region => new[] { 0.1f * (1 + region) * (1 + copy), 0 }),
        ];

        public ImageShape Shape => shape;

        public int Count => boxes.Count;

        public int Classes => 1;

        public ReadOnlySpan<float> Scores => scores;

        public Corners<float> Box(int region, int label)
        {
            var box = boxes.In<float>()[region];
            return new Corners<float>(box.X1 + 1 + copy, box.Y1 + 2, box.X2 + 1 + copy, box.Y2 + 2);
        }

        public float Confidence(int region, int label) => 1;
    }
}
