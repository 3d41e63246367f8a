using DetectorDsl.Data.Images;

namespace DetectorDsl.Data.Tests.Images;

public sealed class RgbImageTests
{
    [Fact]
    public void Resize_InterpolatesBetweenPixelCentres()
    {
        // Twice as wide: centres at -0.25, 0.25, 0.75, 1.25 of the source: 0, 25, 75, 100 of 0 and 100.
        Assert.Equal([0, 25, 75, 100], Channel(Grey(1, 2, 0, 100).Resize(1, 4)));

        // Half: centres at 0.5 and 2.5: means of neighbours, (0 + 10) / 2 and (20 + 41) / 2 = 30.5, rounded up.
        Assert.Equal([5, 31], Channel(Grey(1, 4, 0, 10, 20, 41).Resize(1, 2)));

        // Both directions: the middle of 0 100 / 200 60 is their mean, 90.
        Assert.Equal([90], Channel(Grey(2, 2, 0, 100, 200, 60).Resize(1, 1)));

        // Down the rows as along the columns.
        Assert.Equal([0, 25, 75, 100], Channel(Grey(2, 1, 0, 100).Resize(4, 1)));
    }

    [Fact]
    public void Resize_KeepsChannelsApart()
    {
        var image = new RgbImage(1, 2, [0, 10, 20, 100, 110, 120]).Resize(1, 4);
        Assert.Equal([0, 10, 20, 25, 35, 45, 75, 85, 95, 100, 110, 120], image.Pixels);
    }

    [Fact]
    public void Resize_ToTheSameSize_IsTheSameImage()
    {
        var image = Grey(2, 2, 1, 2, 3, 4);
        Assert.Same(image, image.Resize(2, 2));
    }

    [Fact]
    public void Flip_ReversesEachRow() => Assert.Equal([3, 2, 1, 6, 5, 4], Channel(Grey(2, 3, 1, 2, 3, 4, 5, 6).FlipHorizontally()));

    private static RgbImage Grey(int height, int width, params byte[] values) =>
        new(height, width, [.. values.SelectMany(value => Enumerable.Repeat(value, 3))]);

    private static byte[] Channel(RgbImage image) => [.. image.Pixels.Where((_, i) => i % 3 == 1)];
}
