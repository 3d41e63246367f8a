using DetectorDsl.Annotations;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Structures;

namespace DetectorDsl.Data.Tests.Augmentation;

public sealed class ResizeTests
{
    // COCO's usual 480 x 640 at (1333, 800): the short side decides, 800 / 480 = 1.667. 400 x 1000: the long side, 1.333; 533.2 and 1333.
    [Theory]
    [InlineData(480, 640, 800, 1333, 800, 1067)]
    [InlineData(640, 480, 800, 1333, 1067, 800)]
    [InlineData(400, 1000, 800, 1333, 533, 1333)]
    [InlineData(1000, 400, 800, 1333, 1333, 533)]
    [InlineData(1600, 1600, 800, 1333, 800, 800)]
    [InlineData(160, 160, 160, 160, 160, 160)]
    [InlineData(3, 1000, 800, 100, 2, 800)] // the larger of the two numbers bounds the long side, 0.8; 2.4 rows are 2 ...
    [InlineData(1, 9000, 800, 1333, 1, 1333)] // ... and 0.15 rows still one
    public void Fit_KeepsTheAspectRatioWithinBothBounds(
        int height,
        int width,
        int shortSide,
        int longSide,
        int expectedHeight,
        int expectedWidth
    ) => Assert.Equal((expectedHeight, expectedWidth), Resize.Fit(height, width, shortSide, longSide));

    [Fact]
    public void HalvesAreRoundedUp() =>
        // 0.5 x 5 = 2.5 becomes 3 (to the nearest even it would be 2).
        Assert.Equal((2, 3), Resize.Fit(4, 5, 2, 100));

    [Fact]
    public void BoxesPolygonsMasksAndCrowdsFollowTheImage()
    {
        // 20 x 40 to 30 x 60: everything times 1.5.
        var sample = new Resize([30], 100).Apply(TestSamples.Of(20, 40), RandomSource.For(0));
        Assert.Equal((30, 60), (sample.Image.Height, sample.Image.Width));
        Assert.Equal((20, 40, 7L), (sample.OriginalHeight, sample.OriginalWidth, sample.ImageId));
        Assert.Equal(new Box(15, 6, 30, 18), sample.Objects[0].Box);
        Assert.Equal([15, 6, 45, 6, 15, 24], TestSamples.Ring(sample.Objects[0]));
        Assert.Equal(new Box(7.5, 3, 1.5, 1.5), sample.Objects[1].Box);
        Assert.Equal([new Box(3, 9, 6, 12)], sample.Crowds);
        Assert.Equal([3, 1, 0], sample.Objects.Select(item => item.Label));

        // Row 2, column 5 covers rows 3 to 4.5 and columns 7.5 to 9: the centres 3.5, 7.5 (column 7 is at 7.5 / 1.5 = 5), 8.5.
        Assert.Equal(new Box(7, 3, 2, 1), TestSamples.Mask(sample.Objects[1], sample.Image).Bounds);
    }

    [Fact]
    public void EachDirectionHasItsOwnScaleWhereSizesAreRounded()
    {
        // 20 x 41 to short side 30: 61.5 columns become 62, so x scales by 62/41 and y by 1.5.
        var sample = new Resize([30], 100).Apply(TestSamples.Of(20, 41), RandomSource.For(0));
        Assert.Equal((30, 62), (sample.Image.Height, sample.Image.Width));
        Assert.Equal(10 * 62 / 41.0, sample.Objects[0].Box.X, 12);
        Assert.Equal(6, sample.Objects[0].Box.Y, 12);
        Assert.Equal(30 * 62 / 41.0, TestSamples.Ring(sample.Objects[0])[2], 12);
    }

    [Fact]
    public void SeveralShortSides_AreDrawnAlikeOften()
    {
        int[] sides = [20, 30, 40];
        var resize = new Resize(sides, 1000);
        var drawn = Enumerable
            .Range(0, 600)
            .Select(seed => resize.Apply(TestSamples.Of(10, 10), RandomSource.For(seed)).Image.Height)
            .CountBy(side => side)
            .ToDictionary();
        Assert.Equal(sides, drawn.Keys.Order());
        Assert.All(drawn.Values, count => Assert.InRange(count, 150, 250));
    }

    [Fact]
    public void TheSameSize_IsTheSameSample()
    {
        var sample = TestSamples.Of(20, 40);
        Assert.Same(sample, new Resize([20], 100).Apply(sample, RandomSource.For(0)));
    }
}
