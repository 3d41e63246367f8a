using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Images;
using DetectorDsl.Structures;
using SkiaSharp;

namespace DetectorDsl.Data.Tests.Augmentation;

public sealed class PhotometricDistortionTests
{
    private static readonly int[] Same = [0, 1, 2];

    [Fact]
    public void BrightnessAndContrast_ByHand()
    {
        // (100 + 20) x 1.5 = 180; 0 + 20 = 20, 30; 250 + 20 is cut to 255 before 1.5 cuts it again.
        Assert.Equal([180, 30, 255], Distort(new ColourDistortion(20, 1.5f, true, 1, 0, Same), 100, 0, 250));
        Assert.Equal([180, 30, 255], Distort(new ColourDistortion(20, 1.5f, false, 1, 0, Same), 100, 0, 250));

        // 255 after the cut, then a half: 127.5, rounded up; 10 - 30 is 0.
        Assert.Equal(
            [128, 0, 35],
            Distort(new ColourDistortion(255, 0.5f, true, 1, 0, Same), 255, 0, 0)[..1]
                .Concat(Distort(new ColourDistortion(-30, 0.5f, true, 1, 0, Same), 10, 10, 100)[1..])
        );
    }

    [Fact]
    public void SaturationAndHue_ByHand()
    {
        // (200, 100, 50): value 200, saturation 0.75, hue 60 x 50 / 150 = 20 degrees.
        // Half the saturation: smallest = 200 x (1 - 0.375) = 125, green stays a third of the way up: 150.
        Assert.Equal([200, 150, 125], Distort(new ColourDistortion(0, 1, true, 0.5f, 0, Same), 200, 100, 50));

        // Saturation beyond 1 is 1: smallest 0, green a third of 200.
        Assert.Equal([200, 67, 0], Distort(new ColourDistortion(0, 1, true, 1.5f, 0, Same), 200, 100, 50));

        // 20 + 40 degrees: yellow, two channels at the top. 20 - 20: red. 20 - 80 = 300: magenta. 20 + 100: green.
        Assert.Equal([200, 200, 50], Distort(new ColourDistortion(0, 1, true, 1, 40, Same), 200, 100, 50));
        Assert.Equal([200, 50, 50], Distort(new ColourDistortion(0, 1, true, 1, -20, Same), 200, 100, 50));
        Assert.Equal([200, 50, 200], Distort(new ColourDistortion(0, 1, true, 1, -80, Same), 200, 100, 50));
        Assert.Equal([50, 200, 50], Distort(new ColourDistortion(0, 1, true, 1, 100, Same), 200, 100, 50));

        // Grey has no hue.
        Assert.Equal([90, 90, 90], Distort(new ColourDistortion(0, 1, true, 1.5f, 18, Same), 90, 90, 90));
    }

    [Fact]
    public void ContrastLast_ComesAfterTheHueHasBeenTurned()
    {
        // First: 2 x (200, 100, 50) = (255, 200, 100), hue 60 x 100 / 155 = 38.7; half saturation: 255 - 77.5 = 177.5, green 227.5.
        Assert.Equal([255, 228, 178], Distort(new ColourDistortion(0, 2, true, 0.5f, 0, Same), 200, 100, 50));

        // Last: (200, 150, 125) doubled.
        Assert.Equal([255, 255, 250], Distort(new ColourDistortion(0, 2, false, 0.5f, 0, Same), 200, 100, 50));
    }

    [Fact]
    public void ChannelsAreExchanged() => Assert.Equal([3, 1, 2], Distort(new ColourDistortion(0, 1, true, 1, 0, [2, 0, 1]), 1, 2, 3));

    /// <summary>Skia's own way to HSV and back, on colours of every kind.</summary>
    [Fact]
    public void HuesTurnAsSkiasDo()
    {
        var random = new Random(6);
        for (var round = 0; round < 5000; round++)
        {
            var colour = new byte[3];
            random.NextBytes(colour);
            var (factor, turn) = (random.NextSingle() * 1.5f, (random.NextSingle() * 360) - 180);
            new SKColor(colour[0], colour[1], colour[2]).ToHsv(out var hue, out var saturation, out var value);
            var expected = SKColor.FromHsv((hue + turn + 360) % 360, Math.Min(100, saturation * factor), value);
            var found = Distort(new ColourDistortion(0, 1, true, factor, turn, Same), colour);
            Assert.True(
                new[] { found[0] - expected.Red, found[1] - expected.Green, found[2] - expected.Blue }.All(difference =>
                    Math.Abs(difference) <= 1
                ),
                $"({string.Join(", ", colour)}) x {factor}, {turn}: ({string.Join(", ", found)}), {expected}"
            );
        }
    }

    [Fact]
    public void EachChangeHappensToItsShare_AndObjectsStay()
    {
        var sample = TestSamples.Of(4, 4);
        int Changed(PhotometricDistortion distortion) =>
            Enumerable
                .Range(0, 1000)
                .Count(seed =>
                {
                    var changed = distortion.Apply(sample, RandomSource.For(seed));
                    Assert.Same(sample.Objects, changed.Objects);
                    Assert.Same(sample.Crowds, changed.Crowds);
                    return !changed.Image.Pixels.SequenceEqual(sample.Image.Pixels);
                });

        Assert.Equal(0, Changed(new PhotometricDistortion(0, 32, 0.5, 1.5, 0.5, 1.5, 18, true)));
        Assert.InRange(Changed(new PhotometricDistortion(0.3, 60, 1, 1, 1, 1, 0, false)), 250, 350);
        Assert.InRange(Changed(new PhotometricDistortion(0.3, 0, 0.5, 0.6, 1, 1, 0, false)), 250, 350);
        Assert.InRange(Changed(new PhotometricDistortion(0.3, 0, 1, 1, 0.1, 0.2, 0, false)), 250, 350);
        Assert.InRange(Changed(new PhotometricDistortion(0.3, 0, 1, 1, 1, 1, 180, false)), 240, 350);

        // A shuffle of three leaves all in place one time in six.
        Assert.InRange(Changed(new PhotometricDistortion(0.3, 0, 1, 1, 1, 1, 0, true)), 205, 295);

        // 1 - 0.5^4 x (1 - 0.5 x 5 / 6) = 0.96, less what rounding undoes.
        Assert.InRange(Changed(new PhotometricDistortion(0.5, 32, 0.5, 1.5, 0.5, 1.5, 18, true)), 860, 985);
    }

    private static int[] Distort(ColourDistortion distortion, params byte[] pixel) =>
        [.. distortion.Apply(new RgbImage(1, 1, pixel)).Pixels.Select(value => (int)value)];
}
