using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Operators;

public sealed class SuppressionTests
{
    // 10 x 10; shifted by 5: IoU 50 / 150 = 1/3; apart.
    private static readonly float[] Boxes = [0, 0, 10, 10, 5, 0, 15, 10, 100, 100, 110, 110, 0, 0, 10, 10];

    [Fact]
    public void WeakerBoxesFallAboveTheThresholdOnly()
    {
        float[] scores = [0.8f, 0.9f, 0.1f, 0.7f];
        Assert.Equal([1, 2], NonMaximumSuppression.Keep(Boxes, scores, [], 0.3));
        Assert.Equal([1, 0, 2], NonMaximumSuppression.Keep(Boxes, scores, [], 0.34));

        // IoU 1 is not above 1.
        Assert.Equal([1, 0, 3, 2], NonMaximumSuppression.Keep(Boxes, scores, [], 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(9)]
    public void TheBestAreThoseOfAll(int most)
    {
        float[] scores = [0.8f, 0.9f, 0.1f, 0.7f];
        long[] classes = [7, 3, 3, 7];
        Assert.Equal(
            NonMaximumSuppression.Keep(Boxes, scores, classes, 0.3).Take(most),
            NonMaximumSuppression.Keep(Boxes, scores, classes, 0.3, most)
        );
    }

    [Fact]
    public void EqualScoresGoByIndex() => Assert.Equal([0, 2], NonMaximumSuppression.Keep(Boxes, [0.5f, 0.5f, 0.5f, 0.5f], [], 0.3));

    [Fact]
    public void ManyEqualScoresGoByIndex()
    {
        float[] apart = [.. Enumerable.Range(0, 200).SelectMany(i => new float[] { 20 * i, 0, (20 * i) + 10, 10 })];
        Assert.Equal(Enumerable.Range(0, 200), NonMaximumSuppression.Keep(apart, new float[200], [], 0.5));
    }

    [Fact]
    public void ClassesDoNotSuppressEachOther() =>
        Assert.Equal([1, 0, 2], NonMaximumSuppression.Keep(Boxes, [0.8f, 0.9f, 0.1f, 0.7f], [7, 3, 3, 7], 0.3));

    [Fact]
    public void EmptyBoxesSuppressNothing() =>
        Assert.Equal([0, 1], NonMaximumSuppression.Keep([5, 5, 5, 5, 5, 5, 5, 5], [0.9f, 0.8f], [], 0.5));

    [Fact]
    public void NoBoxes_GiveNone()
    {
        Assert.Empty(NonMaximumSuppression.Keep<float>([], [], [], 0.5));
        using var none = NonMaximumSuppression.Keep(zeros(0, 4), zeros(0), 0.5);
        Assert.Equal([0], none.shape);
    }

    [Fact]
    public void OverlapsByHand()
    {
        Boxes boxes = Boxes;

        // 5..15 shifted: 1/3; apart: 0; itself: 1.
        Assert.Equal(1.0 / 3, boxes[0].Iou(boxes[1]), 1e-12);
        Assert.Equal(0, boxes[0].Iou(boxes[2]));
        Assert.Equal(1, boxes[1].Iou(boxes[1]));

        // Side by side, without area, turned round and undefined: nothing is shared.
        var box = new Corners<double>(0, 0, 10, 10);
        Assert.Equal(0, box.Iou(new Corners<double>(10, 0, 20, 10)));
        Assert.Equal(0, box.Iou(new Corners<double>(5, 5, 5, 5)));
        Assert.Equal(0, box.Iou(new Corners<double>(8, 8, 2, 2)));
        Assert.Equal(0, box.Iou(new Corners<double>(double.NaN, 0, 10, 10)));

        // A union of 100 counts as one of 400 at least.
        Assert.Equal(0.25, box.Iou(box, leastUnion: 400));
    }
}
