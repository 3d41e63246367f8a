using DetectorDsl.Annotations;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Images;

namespace DetectorDsl.Data.Tests.Augmentation;

public sealed class CropRulesTests
{
    private static readonly CropRules Rules = new(MinVisible: 0, BoxesFromMasks: true);

    [Fact]
    public void PixelsOutlinesMasksBoxesAndCrowdsAreCutAlike()
    {
        // Of 20 x 40: columns 15 to 34, rows 2 to 9. The triangle (10, 4), (30, 4), (10, 16) has its slanted edge at y = 22 - 0.6 x: it meets
        // column 15 at row 13, row 10 at column 20. The single pixel and the square at the left are outside, as is the crowd.
        var sample = TestSamples.Of(20, 40);
        var cut = Rules.Crop(sample, new PixelWindow(15, 2, 8, 20));
        Assert.Equal((8, 20, 20, 40, 7L), (cut.Image.Height, cut.Image.Width, cut.OriginalHeight, cut.OriginalWidth, cut.ImageId));
        Assert.Equal(sample.Image.Pixels[(((9 * 40) + 34) * 3)..(((9 * 40) + 35) * 3)], cut.Image.Pixels[^3..]);
        var item = Assert.Single(cut.Objects);
        Assert.Equal([(0, 2), (0, 8), (5, 8), (15, 2)], TestSamples.Ring(item).Chunk(2).Select(point => (point[0], point[1])).Order());
        Assert.Equal((new Box(0, 2, 15, 6), 3), (item.Box, item.Label));
        Assert.Empty(cut.Crowds);

        // Columns 4 to 7, rows 2 to 7: the pixel at (2, 5), the square's corner, and of the crowd (2, 6, 4 x 8) two pixels each way.
        cut = Rules.Crop(sample, new PixelWindow(4, 2, 6, 4));
        Assert.Equal([new Box(1, 0, 1, 1), new Box(0, 0, 4, 6)], cut.Objects.Select(thing => thing.Box));
        Assert.Equal(new Box(1, 0, 1, 1), TestSamples.Mask(cut.Objects[0], cut.Image).Bounds);
        Assert.Equal([new Box(0, 4, 2, 2)], cut.Crowds);
    }

    [Fact]
    public void AWindowAroundTheImage_PadsWithGrey()
    {
        var cut = Rules.Crop(TestSamples.Of(20, 40), new PixelWindow(-3, -1, 25, 50), fill: 128);
        Assert.Equal(Enumerable.Repeat<byte>(128, 50 * 3), cut.Image.Pixels[..(50 * 3)]);
        Assert.Equal([128, 128, 128, 0, 1, 2], cut.Image.Pixels[((50 + 2) * 3)..((50 + 4) * 3)]);
        Assert.Equal([128, 128, 128], cut.Image.Pixels[^3..]);
        Assert.Equal([13, 5, 33, 5, 13, 17], TestSamples.Ring(cut.Objects[0]));
        Assert.Equal([new Box(13, 5, 20, 12), new Box(8, 3, 1, 1), new Box(3, 1, 8, 8)], cut.Objects.Select(item => item.Box));
        Assert.Equal([new Box(5, 7, 4, 8)], cut.Crowds);
    }

    [Fact]
    public void TheBoxOfACutObject_IsDrawnAnewAroundItsMask_OrCut()
    {
        // A triangle whose upper right half is gone; above row 8 only columns 0 to 8 hold any of it.
        var sample = Of(
            16,
            16,
            new SampleObject(
                new Box(0, 0, 16, 16),
                0,
                new PolygonSegmentation([
                    [0, 0, 16, 16, 0, 16],
                ])
            )
        );
        var window = new PixelWindow(0, 0, 8, 16);
        Assert.Equal(new Box(0, 0, 8, 8), Assert.Single(Rules.Crop(sample, window).Objects).Box);
        Assert.Equal(new Box(0, 0, 16, 8), Assert.Single(new CropRules(0, BoxesFromMasks: false).Crop(sample, window).Objects).Box);

        // One that is not cut keeps its box, however loose.
        sample = Of(
            16,
            16,
            new SampleObject(
                new Box(1, 1, 6, 6),
                0,
                new PolygonSegmentation([
                    [2, 2, 4, 2, 4, 4],
                ])
            )
        );
        Assert.Equal(new Box(1, 1, 6, 6), Assert.Single(Rules.Crop(sample, window).Objects).Box);
    }

    [Theory]
    [InlineData(0.25, true)]
    [InlineData(0.26, false)]
    public void BelowTheShare_AnObjectIsRemoved(double share, bool remains)
    {
        // Of 8 x 8 pixels in the corner of a box of 16 x 8, the window holds 2 columns: a quarter of the mask, an eighth of the box.
        var masked = new SampleObject(
            new Box(0, 0, 16, 8),
            0,
            new PolygonSegmentation([
                [8, 0, 16, 0, 16, 8, 8, 8],
            ])
        );
        Assert.Equal(remains, new CropRules(share, true).Visible(Of(16, 16, masked), new PixelWindow(14, 0, 16, 2)).Count == 1);

        // Without a mask the box counts: 4 of 16 columns.
        Assert.Equal(
            remains,
            new CropRules(share, true).Visible(Of(16, 16, masked with { Segmentation = null }), new PixelWindow(12, 0, 16, 4)).Count == 1
        );

        // What is not cut is not asked.
        Assert.Single(new CropRules(share, true).Visible(Of(16, 16, masked), new PixelWindow(0, 0, 16, 16)));
    }

    [Fact]
    public void WhatIsThinnerThanAPixel_IsRemoved()
    {
        var item = new SampleObject(new Box(2, 2, 6, 6), 0, null);
        Assert.Empty(Rules.Visible(Of(16, 16, item), new PixelWindow(7, 0, 16, 8) with { X = 8 }));
        Assert.Single(Rules.Visible(Of(16, 16, item), new PixelWindow(7, 0, 16, 8)));
        Assert.Empty(Rules.Visible(Of(16, 16, item with { Box = new Box(2, 2, 5.9, 6) }), new PixelWindow(7, 0, 16, 8)));
    }

    /// <summary>What the detector learns from: filling and cutting give the same in either order.</summary>
    [Fact]
    public void CutMasks_AreThePartOfTheWhole()
    {
        var random = new Random(5);
        for (var round = 0; round < 300; round++)
        {
            int[] edges = [.. Enumerable.Range(0, 4).Select(_ => random.Next(0, 20))];
            double[] ring = [edges[0], edges[1], edges[2], edges[1], edges[2], edges[3], edges[0], edges[3]];
            var pixels = new byte[400];
            random.NextBytes(pixels);
            var mask = RleMask.FromBitmap([.. pixels.Select(pixel => (byte)(pixel % 2))], 20, 20);
            var sample = Of(
                20,
                20,
                [
                    .. new Segmentation[]
                    {
                        new PolygonSegmentation([
                            [.. ring],
                        ]),
                        new RleSegmentation(mask),
                    }.Select((form, label) => new SampleObject(new Box(0, 0, 20, 20), label, form)),
                ]
            );
            var window = new PixelWindow(random.Next(-5, 20), random.Next(-5, 20), random.Next(1, 20), random.Next(1, 20));
            var cut = Rules.Crop(sample, window);
            foreach (var item in sample.Objects)
            {
                var expected = TestSamples.Mask(item, sample.Image).Crop(window);
                var found = cut.Objects.SingleOrDefault(other => other.Label == item.Label);
                Assert.Equal(expected.Area > 0, found is not null);
                if (found is not null)
                {
                    Assert.Equal(expected, TestSamples.Mask(found, cut.Image));
                    Assert.Equal(expected.Bounds, found.Box);
                }
            }
        }
    }

    private static Sample Of(int height, int width, params SampleObject[] objects) =>
        new(1, new RgbImage(height, width, new byte[height * width * 3]), height, width, objects, []);
}
