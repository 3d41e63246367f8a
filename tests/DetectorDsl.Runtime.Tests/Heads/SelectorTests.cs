using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Selection;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Heads;

public sealed class SelectorTests
{
    private static readonly ImageShape Shape = new(1, 100, 80, 200, 160);
    private static readonly DeltaBoxCoder Coder = new();

    [Fact]
    public void ProposalsAreTheBestOfEachLevel_SuppressedWithinIt()
    {
        using var scope = NewDisposeScope();
        Boxes[] anchors =
        [
            [0, 0, 10, 10, 0, 0, 10, 9, 30, 30, 40, 40],
            [0, 0, 10, 10],
        ];
        var logits = tensor(new float[] { 1, 2, 3, 0.5f }, [1, 4]);

        // Anchor 0 falls to anchor 1 (IoU 0.9) of its level; the same box of the other level stays.
        var proposals = new ProposalSelector(10, 10, 0.7, 0, Coder).Select(logits, zeros(1, 4, 4), anchors, [Shape]);
        Assert.Equal([30, 30, 40, 40, 0, 0, 10, 9, 0, 0, 10, 10], proposals[0]);

        // Two candidates a level: anchor 0 does not take part, nor is it needed; one proposal an image.
        Assert.Equal([30, 30, 40, 40], new ProposalSelector(2, 1, 0.7, 0, Coder).Select(logits, zeros(1, 4, 4), anchors, [Shape])[0]);
    }

    [Fact]
    public void ProposalsAreCutToTheImage_AndSmallOrUndefinedOnesFall()
    {
        using var scope = NewDisposeScope();
        Boxes[] anchors =
        [
            [-5, -5, 15, 15, 70, 90, 90, 110, 85, 10, 95, 20, 20, 20, 23, 40, 50, 50, 60, 60],
        ];
        var offsets = zeros(1, 5, 4);
        offsets[0, 4, 0] = float.NaN;
        var proposals = new ProposalSelector(10, 10, 0.7, 4, Coder).Select(
            tensor(new float[] { 5, 4, 3, 2, 1 }, [1, 5]),
            offsets,
            anchors,
            [Shape]
        )[0];

        // The third lies beyond the right border, the fourth is 3 wide, the fifth undefined.
        Assert.Equal([0, 0, 15, 15, 70, 90, 80, 100], proposals);
    }

    [Fact]
    public void EqualScores_GoByIndex()
    {
        using var scope = NewDisposeScope();
        float[] anchors = [.. Enumerable.Range(0, 100).SelectMany(i => new float[] { i, 0, i + 1, 1 })];
        var proposals = new ProposalSelector(3, 3, 0.7, 0, Coder).Select(
            zeros(1, 100),
            zeros(1, 100, 4),
            (Boxes[])[anchors],
            [new ImageShape(1, 100, 100, 100, 100)]
        )[0];
        Assert.Equal([0, 0, 1, 1, 1, 0, 2, 1, 2, 0, 3, 1], proposals);
    }

    [Fact]
    public void EachImageHasItsOwnProposals()
    {
        using var scope = NewDisposeScope();
        Boxes[] anchors =
        [
            [0, 0, 10, 10, 30, 30, 40, 40],
        ];
        var proposals = new ProposalSelector(1, 1, 0.7, 0, Coder).Select(
            tensor(new float[] { 1, 2, 2, 1 }, [2, 2]),
            zeros(2, 2, 4),
            anchors,
            [Shape, Shape]
        );
        Assert.Equal([30, 30, 40, 40], proposals[0]);
        Assert.Equal([0, 0, 10, 10], proposals[1]);
        Assert.Throws<ArgumentException>(() =>
            new ProposalSelector(1, 1, 0.7, 0, Coder).Select(zeros(2, 3), zeros(2, 3, 4), anchors, [Shape, Shape])
        );
    }

    [Fact]
    public void DetectionsScoreMoreThanTheThreshold_AndAreSuppressedPerClass()
    {
        using var scope = NewDisposeScope();
        float[] proposals = [0, 0, 10, 10, 0, 0, 10, 9, 50, 50, 60, 60];

        // Rows: class 0, class 1, background. 0.25 is not above 0.25, wherever it stands.
        var scores = tensor(new float[] { 0.9f, 0.3f, 0.5f, 0.8f, 0.25f, 0, 0.25f, 0.4f, 0.5f }, [3, 3]);
        var found = new DetectionSelector(0.25, 0.5, 10).Select(ScoredRegions.Of([proposals], scores, zeros(3, 8), Coder, [Shape]))[0];

        // Class 0: the second box falls to the first. Class 1: 0.4, then 0.3.
        Assert.Equal([0.9f, 0.4f, 0.3f], found.Scores);
        Assert.Equal([0, 1, 1], found.Labels);
        Assert.Equal([0, 0, 10, 10, 50, 50, 60, 60, 0, 0, 10, 10], found.Boxes);
        Assert.Null(found.Masks);
        Assert.Equal(
            [0.9f, 0.4f],
            new DetectionSelector(0.25, 0.5, 2).Select(ScoredRegions.Of([proposals], scores, zeros(3, 8), Coder, [Shape]))[0].Scores
        );
    }

    [Fact]
    public void OffsetsBelongToTheirClass_OrToAll()
    {
        using var scope = NewDisposeScope();
        var scores = tensor(new float[] { 0, 0.9f, 0.1f }, [1, 3]);

        // Class 1 moves by one width, class 0 by two.
        var own = new DetectionSelector(0.5, 0.5, 10).Select(
            ScoredRegions.Of(
                [
                    [0, 0, 10, 10],
                ],
                scores,
                tensor(new float[] { 2, 0, 0, 0, 1, 0, 0, 0 }, [1, 8]),
                Coder,
                [Shape]
            )
        )[0];
        Assert.Equal([10, 0, 20, 10], own.Boxes);
        var shared = new DetectionSelector(0.5, 0.5, 10).Select(
            ScoredRegions.Of(
                [
                    [0, 0, 10, 10],
                ],
                scores,
                tensor(new float[] { 2, 0, 0, 0 }, [1, 4]),
                Coder,
                [Shape]
            )
        )[0];
        Assert.Equal([20, 0, 30, 10], shared.Boxes);
    }

    [Fact]
    public void CertaintyIsMultipliedInto_ScoresAboveTheThreshold()
    {
        using var scope = NewDisposeScope();

        // Three buckets a side over a box widened by 1: width 30 / 6 = 5, centres 2.5, 7.5, 12.5 from outside. Even logits: certainty 2/3 for neighbours, and the first is best.
        var coder = new BucketBoxCoder(6, scale: 1);
        var scores = tensor(new float[] { 0.3f, 0.1f, 0.6f }, [1, 3]);
        var found = new DetectionSelector(0.25, 0.5, 10).Select(
            ScoredRegions.Of(
                [
                    [0, 0, 30, 30],
                ],
                scores,
                zeros(1, 24),
                coder,
                [Shape]
            )
        )[0];
        Assert.Equal([2.5f, 2.5f, 27.5f, 27.5f], found.Boxes);
        Expect.Close(0.2, Assert.Single(found.Scores), 1e-6, 0, "score");

        // One set of numbers for all classes: every class has the box.
        Assert.Equal(
            [0, 1],
            new DetectionSelector(0.05, 0.5, 10)
                .Select(
                    ScoredRegions.Of(
                        [
                            [0, 0, 30, 30],
                        ],
                        scores,
                        zeros(1, 24),
                        coder,
                        [Shape]
                    )
                )[0]
                .Labels
        );

        // The last pixel, not the border, as mmdetection has it.
        var far = cat([zeros(1, 12), full([1, 12], -50f) * tensor(new float[] { 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1 })], 1);
        Assert.Equal(
            [2.5f, 2.5f, 79, 99],
            new DetectionSelector(0.25, 0.5, 10)
                .Select(
                    ScoredRegions.Of(
                        [
                            [0, 0, 30, 30],
                        ],
                        scores,
                        far,
                        coder,
                        [Shape]
                    )
                )[0]
                .Boxes
        );
    }

    [Fact]
    public void ImagesWithoutProposals_GiveNoDetections()
    {
        using var scope = NewDisposeScope();
        var found = new DetectionSelector(0.05, 0.5, 10).Select(
            ScoredRegions.Of(
                [
                    [],
                    [0, 0, 10, 10],
                    [],
                ],
                tensor(new float[] { 0.9f, 0.1f }, [1, 2]),
                zeros(1, 4),
                Coder,
                [Shape, Shape, Shape]
            )
        );
        Assert.Equal([0, 1, 0], found.Select(image => image.Count));
        Assert.Throws<ArgumentException>(() =>
            new DetectionSelector(0.05, 0.5, 10).Select(
                ScoredRegions.Of(
                    [
                        [0, 0, 10, 10],
                    ],
                    zeros(2, 2),
                    zeros(2, 4),
                    Coder,
                    [Shape]
                )
            )
        );
        Assert.Throws<ArgumentException>(() =>
            new DetectionSelector(0.05, 0.5, 10).Select(
                ScoredRegions.Of(
                    [
                        [0, 0, 10, 10],
                    ],
                    zeros(1, 4),
                    zeros(1, 8),
                    Coder,
                    [Shape]
                )
            )
        );
    }

    [Fact]
    public void MasksAndBoxesGoBackToTheStoredImage()
    {
        using var scope = NewDisposeScope();

        // Stored images are twice as large. Masks: all of the first box, the left half of the second.
        ImageDetections[] detections =
        [
            new(Shape, [10, 10, 20, 30], [0.9f], [3], null),
            new(Shape, [], [], [], null),
            new(Shape, [0, 0, 4, 4], [0.8f], [1], null),
        ];
        Expect.Close([0, 10, 10, 20, 30, 2, 0, 0, 4, 4], Expect.Values(MaskSelector.Rois(detections).ToTensor(CPU)), 0, 0, "regions");
        Assert.Equal([3, 1], MaskSelector.Labels(detections, CPU).data<long>().ToArray());
        var probabilities = cat([ones(1, 4, 4), cat([ones(1, 4, 2), zeros(1, 4, 2)], 2)], 0);
        var restored = MaskSelector.Restore(detections, probabilities, 0.5, MaskPasting.Paste);
        Assert.Equal([20, 20, 40, 60], restored[0].Boxes);
        Assert.Equal([0, 0, 8, 8], restored[2].Boxes);
        Assert.Equal((200, 160), (restored[0].Masks![0].Height, restored[0].Masks![0].Width));

        // Beyond the mask is 0, so it fades towards the box's corners. Shares across 0.6, 0.8, 1 and down 0.55, 0.65, 0.75, 0.85: their product
        // is below 0.5 at four pixels of each corner. The small box has 0.75 * 0.75 there.
        Assert.Equal((20 * 40) - (4 * 4), restored[0].Masks![0].Area);
        Assert.Equal(4 * 8, restored[2].Masks![0].Area);
        Assert.Empty(restored[1].Masks!);
        Assert.Null(MaskSelector.Restore(detections)[0].Masks);
        Assert.Equal([0, 5], MaskSelector.Rois([detections[1]]).ToTensor(CPU).shape);
    }
}
