using DetectorDsl.Annotations;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Images;
using DetectorDsl.Structures;

namespace DetectorDsl.Data.Tests.Augmentation;

public sealed class LargeScaleJitterTests
{
    [Fact]
    public void Enlarged_APartOfTheFrameIsCut()
    {
        // 20 x 40 into twice 30 x 30: the width decides, 60 / 40 = 1.5, so 30 x 60, of which 30 columns are kept.
        var sample = new LargeScaleJitter(30, 30, 2, 2, 128, 0, true).Apply(TestSamples.Of(20, 40), RandomSource.For(0));
        Assert.Equal((30, 30), (sample.Image.Height, sample.Image.Width));
        var resized = TestSamples.Of(20, 40).Resize(30, 60);
        var left = Enumerable
            .Range(0, 31)
            .Single(x => resized.Image.Crop(new PixelWindow(x, 0, 30, 30)).Pixels.SequenceEqual(sample.Image.Pixels));

        // The triangle's corner (10, 4) is at (15, 6).
        var triangle = sample.Objects.Single(item => item.Label == 3);
        Assert.Equal((Math.Max(0, 15 - left), 6), (triangle.Box.X, triangle.Box.Y));
    }

    [Fact]
    public void Reduced_TheRestOfTheFrameIsGrey()
    {
        // Half of 40 x 60 is 20 x 30: min(20 / 20, 30 / 40) = 0.75, so 15 x 30 at the upper left.
        var sample = new LargeScaleJitter(40, 60, 0.5, 0.5, 77, 0, true).Apply(TestSamples.Of(20, 40), RandomSource.For(0));
        Assert.Equal((40, 60), (sample.Image.Height, sample.Image.Width));
        Assert.Equal(TestSamples.Of(20, 40).Image.Resize(15, 30).Pixels[..90], sample.Image.Pixels[..90]);
        Assert.Equal(Enumerable.Repeat<byte>(77, 90), sample.Image.Pixels[90..180]);
        Assert.Equal(Enumerable.Repeat<byte>(77, 60 * 25 * 3), sample.Image.Pixels[(60 * 15 * 3)..]);
        Assert.Equal([7.5, 3, 22.5, 3, 7.5, 12], TestSamples.Ring(sample.Objects[0]));
        Assert.Equal([new Box(1.5, 4.5, 3, 6)], sample.Crowds);

        // The single pixel is 0.75 pixels wide now: too thin.
        Assert.Equal([3, 0], sample.Objects.Select(item => item.Label));
    }

    [Fact]
    public void ScalesAreDrawnEvenly_FromEitherEnd()
    {
        foreach (
            var jitter in new[]
            {
                new LargeScaleJitter(100, 100, 0.1, 2, 128, 0, true),
                new LargeScaleJitter(100, 100, 2, 0.1, 128, 0, true),
            }
        )
        {
            // A white square in a grey frame: its side is the scale in percent, or the whole frame.
            var white = new Sample(1, new RgbImage(50, 50, [.. Enumerable.Repeat<byte>(255, 7500)]), 50, 50, [], []);
            var sides = Enumerable
                .Range(0, 400)
                .Select(seed => jitter.Apply(white, RandomSource.For(seed)).Image.Pixels.Take(300).Count(value => value == 255) / 3)
                .ToList();
            Assert.InRange(sides.Min(), 10, 14);
            Assert.InRange(sides.Count(side => side == 100), 170, 255);
            Assert.InRange(sides.Count(side => side < 55), 65, 125);
        }
    }
}
