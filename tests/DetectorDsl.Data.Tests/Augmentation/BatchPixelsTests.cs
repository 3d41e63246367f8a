using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Images;

namespace DetectorDsl.Data.Tests.Augmentation;

public sealed class BatchPixelsTests
{
    private readonly BatchPixels pixels = new([10, 20, 30], [2, 4, 5], 32);

    [Theory]
    [InlineData(1, 1, 32, 32)]
    [InlineData(32, 64, 32, 64)]
    [InlineData(33, 65, 64, 96)]
    [InlineData(800, 1067, 800, 1088)]
    public void SizesAreRoundedUpToTheMultiple(int height, int width, int paddedHeight, int paddedWidth) =>
        Assert.Equal((paddedHeight, paddedWidth), pixels.PaddedSize([new RgbImage(height, width, [])]));

    [Fact]
    public void TheLargestHeightAndTheLargestWidthCount() =>
        Assert.Equal((64, 96), pixels.PaddedSize([new RgbImage(50, 20, []), new RgbImage(10, 70, [])]));

    [Fact]
    public void WhatWasWritten_IsReadBack_AndPaddingHasTheColourOfTheMean()
    {
        var usual = new BatchPixels([123.675, 116.28, 103.53], [58.395, 57.12, 57.375], 32);
        var image = new RgbImage(
            256,
            1,
            [.. Enumerable.Range(0, 256).SelectMany(value => new[] { (byte)value, (byte)(255 - value), (byte)(value ^ 85) })]
        );
        var values = new float[257 * 2 * 3];
        usual.Write(image, values, 257, 2);
        var read = usual.Read(values, 257, 2);
        for (var y = 0; y < 256; y++)
        {
            Assert.Equal(image.Pixels[(3 * y)..(3 * (y + 1))], read.Pixels[(6 * y)..((6 * y) + 3)]);
            Assert.Equal([124, 116, 104], read.Pixels[((6 * y) + 3)..(6 * (y + 1))]);
        }
    }

    [Fact]
    public void ChannelsAreNormalisedAndPaddedRightAndBelowWithZero()
    {
        // (12 - 10) / 2 = 1, (28 - 20) / 4 = 2, (15 - 30) / 5 = -3; the second pixel is 0 throughout.
        var image = new RgbImage(1, 2, [12, 28, 15, 10, 20, 30]);
        float[] values = [.. Enumerable.Repeat(float.NaN, 2 * 3 * 3)];
        pixels.Write(image, values, 2, 3);
        Assert.Equal([1, 2, -3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], values);
    }
}
