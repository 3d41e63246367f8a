using DetectorDsl.Annotations;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Images;
using DetectorDsl.Structures;

namespace DetectorDsl.Data.Tests.Augmentation;

public sealed class MosaicTests
{
    [Fact]
    public void FourImages_MeetAtThePoint()
    {
        // Frames of 10 x 20, so 20 x 40 in all, the point at 0.75: row 7, column 15. Images of one colour each, three of 10 x 20 and one, the
        // second, of 5 x 20, which is not enlarged since its width fits already.
        var samples = new[] { Of(1, 10, 20), Of(2, 5, 20), Of(3, 10, 20), Of(4, 10, 20) };
        var joined = new Mosaic(10, 20, 1, 0.75, 0.75, 99, 0, true).Apply(
            samples[0],
            RandomSource.For(0),
            new TestSamples.Others(samples[1..])
        );
        Assert.Equal((20, 40), (joined.Image.Height, joined.Image.Width));
        for (var y = 0; y < 20; y++)
        {
            for (var x = 0; x < 40; x++)
            {
                var expected = (y < 7, x < 15) switch
                {
                    (true, true) => 1,
                    (true, false) => y >= 2 && x < 35 ? 2 : 99,
                    (false, true) => y < 17 ? 3 : 99,
                    (false, false) => y < 17 && x < 35 ? 4 : 99,
                };
                Assert.True(expected == joined.Image.Pixels[((y * 40) + x) * 3], $"({x}, {y})");
            }
        }

        // Every image has one object at (2, 1), 16 x 4, and a crowd at (0, 0), 2 x 2. The first image lies at (-5, -3): its object begins at column
        // -3 and row -2, so 13 columns and 2 rows of it are left; its crowd is gone.
        Assert.Equal(
            [new Box(0, 0, 13, 2), new Box(17, 3, 16, 4), new Box(0, 8, 13, 4), new Box(17, 8, 16, 4)],
            joined.Objects.Select(item => item.Box)
        );
        Assert.Equal([1, 2, 3, 4], joined.Objects.Select(item => item.Label));
        Assert.All(joined.Objects, item => Assert.Equal(item.Box, TestSamples.Mask(item, joined.Image).Bounds));
        Assert.Equal([new Box(15, 2, 2, 2), new Box(15, 7, 2, 2)], joined.Crowds);
        Assert.Equal((1L, 10, 20), (joined.ImageId, joined.OriginalHeight, joined.OriginalWidth));
    }

    [Fact]
    public void ImagesAreFittedIntoTheirFrame()
    {
        // 20 x 40 into 10 x 10: a quarter, 5 x 10; objects too.
        var small = Of(1, 20, 40);
        var joined = new Mosaic(10, 10, 1, 1, 1, 0, 0, true).Apply(small, RandomSource.For(0), new TestSamples.Others(small, small, small));
        Assert.Equal((20, 20), (joined.Image.Height, joined.Image.Width));
        Assert.Equal(new Box(0.5, 5.25, 4, 1), joined.Objects[0].Box);
        Assert.Equal(4, joined.Objects.Count);
    }

    [Fact]
    public void ThePointIsDrawnFromItsRange()
    {
        var image = Of(1, 10, 10);
        var points = Enumerable
            .Range(0, 500)
            .Select(seed =>
            {
                var joined = new Mosaic(10, 10, 1, 0.5, 1.5, 99, 0, true).Apply(
                    image,
                    RandomSource.For(seed),
                    new TestSamples.Others(Of(2, 10, 10), Of(3, 10, 10), Of(4, 10, 10))
                );

                // The fourth image begins at the point, and at the point alone.
                var first = Enumerable.Range(0, 400).First(pixel => joined.Image.Pixels[pixel * 3] == 4);
                return (X: first % 20, Y: first / 20);
            })
            .ToList();
        Assert.Equal((5, 14), (points.Min(point => point.X), points.Max(point => point.X)));
        Assert.Equal((5, 14), (points.Min(point => point.Y), points.Max(point => point.Y)));
        Assert.Contains(points, point => point.X < 7 && point.Y > 12);
    }

    [Fact]
    public void ProbabilityIsTheShareOfMosaics()
    {
        var image = Of(1, 10, 10);
        var mosaic = new Mosaic(10, 10, 0.3, 0.5, 1.5, 99, 0, true);
        Assert.InRange(
            Enumerable
                .Range(0, 1000)
                .Count(seed =>
                    !ReferenceEquals(mosaic.Apply(image, RandomSource.For(seed), new TestSamples.Others(image, image, image)), image)
                ),
            250,
            350
        );
    }

    private static Sample Of(int label, int height, int width) =>
        new(
            label,
            new RgbImage(height, width, [.. Enumerable.Repeat((byte)label, height * width * 3)]),
            height,
            width,
            [
                new SampleObject(
                    new Box(2, 1, 16, 4),
                    label,
                    new PolygonSegmentation([
                        [2, 1, 18, 1, 18, 5, 2, 5],
                    ])
                ),
            ],
            [new Box(0, 0, 2, 2)]
        );
}
