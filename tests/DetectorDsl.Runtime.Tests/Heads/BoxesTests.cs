using DetectorDsl.Detection.Anchors;
using DetectorDsl.Structures;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Heads;

public sealed class BoxesTests
{
    private static readonly Boxes Three = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14];

    [Fact]
    public void BoxesAreTheirNumbers_FourEach()
    {
        Assert.Equal(3, Three.Count);
        Assert.False(Three.AreDouble);
        Assert.Equal(new Corners<double>(5, 6, 7, 8), Three[1]);
        Assert.Equal([5, 6, 7, 8, 9, 10, 12, 14], Three[1..]);
        Assert.Equal([9, 10, 12, 14, 1, 2, 3, 4], Three.Select([2, 0]));
        Assert.Equal([2, 6, 6, 12, 10, 18, 14, 24, 18, 30, 24, 42], Three.Scale(2, 3));
        Assert.Contains("there are 3", Assert.Throws<ArgumentException>(() => (Boxes)new float[3]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GroupsOfBoxes_AreChosenWhole()
    {
        Boxes pairs = [.. Enumerable.Range(0, 16).Select(number => (float)number)];
        Assert.Equal([8, 9, 10, 11, 12, 13, 14, 15], pairs.Select([1], groupSize: 2));
    }

    [Fact]
    public void OneInDouble_MakesAllDouble_AndNothingIsRounded()
    {
        Boxes exact = new[] { 0.1, 0.2, 0.3, 0.4 };
        var all = Boxes.Concat([Three, exact]);
        Assert.True(all.AreDouble);
        Assert.Equal(new Corners<double>(0.1, 0.2, 0.3, 0.4), all[3]);
        Assert.Equal(0.1f, exact.To<float>().In<float>()[0].X1);
        Assert.Same(exact, exact.To<double>());
        Assert.Same(exact, Boxes.Concat([exact]));
        Assert.Equal(0, Boxes.Concat([]).Count);
    }

    [Fact]
    public void CornersAreCutMirroredAndResized()
    {
        var box = new Corners<float>(-5, 10, 30, 60);
        Assert.Equal(new Corners<float>(0, 10, 20, 50), box.Clip(50, 20));
        Assert.Equal(new Corners<float>(70, 10, 105, 60), box.Flip(100));
        Assert.Equal(new Corners<float>(-10, 5, 60, 30), box.Scale(2, 0.5f));
        Assert.Equal((35, 50, 1750), (box.Width, box.Height, box.Area));
        Assert.Equal(new Annotations.Box(-5, 10, 35, 50), box.ToBox());
        Assert.Equal(box.To<double>(), Corners.Of(box.ToBox()));
        Assert.False(new Corners<float>(0, 0, float.NaN, 1).IsFinite);
    }

    [Fact]
    public void RoisKnowTheirImages()
    {
        var rois = new Rois([Three[..1], [], Three[1..]]);
        Assert.Equal(3, rois.Count);
        Assert.Equal([0, 2, 2], rois.ImageIndices());
        Assert.Equal([0, 1, 2, 3, 4, 2, 5, 6, 7, 8, 2, 9, 10, 12, 14], rois.Rows<float>());
        Assert.Equal([2, 5, 6, 7, 8], rois.First(image => image / 2).Rows<double>());
    }

    [Fact]
    public void AnchorsAreSharedOrEachImagesOwn_AndCounted()
    {
        ImageAnchors shared = (Boxes[])[Three, Three[..1]];
        Assert.Equal(4, shared.CountOf(7));
        Assert.Same(shared.Of(0), shared.Of(5));
        shared.Check(9, 4);
        Assert.Contains(
            "4 anchors each do not fit predictions for 5",
            Assert.Throws<ArgumentException>(() => shared.Check(2, 5)).Message,
            StringComparison.Ordinal
        );
        ImageAnchors own = (Boxes[][])
            [
                [Three],
                [Three[..1], Three[1..]],
            ];
        Assert.Equal(Three, own.Of(1));
        own.Check(2, 3);
        Assert.Throws<ArgumentException>(() => own.Check(3, 3));
    }
}
