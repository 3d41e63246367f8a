using DetectorDsl.Annotations;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Images;
using DetectorDsl.Structures;

namespace DetectorDsl.Data.Tests.Augmentation;

public sealed class MinIouCropTests
{
    // Every value tells where its pixel lay, so that a part's window can be read off it.
    private static readonly RgbImage Image = new(
        40,
        50,
        [.. Enumerable.Range(0, 2000).SelectMany(pixel => new byte[] { (byte)(pixel / 50), (byte)(pixel % 50), 0 })]
    );

    private static readonly Sample Sample = new(
        1,
        Image,
        40,
        50,
        [new SampleObject(new Box(10, 5, 20, 20), 0, null), new SampleObject(new Box(35, 30, 10, 6), 1, null)],
        []
    );

    [Fact]
    public void TheBestOverlap_IsNotBelowTheBound_AndCentresAreInside()
    {
        var crop = new MinIouCrop([0.5], 0.3, 2, 0, true);
        var (whole, any, bound) = (0, 0, 0);
        for (var seed = 0; seed < 600; seed++)
        {
            var cut = crop.Apply(Sample, RandomSource.For(seed));
            if (ReferenceEquals(cut, Sample))
            {
                whole++;
                continue;
            }

            var (y, x) = (cut.Image.Pixels[0], cut.Image.Pixels[1]);
            Assert.Equal((y + cut.Image.Height - 1, x + cut.Image.Width - 1), (cut.Image.Pixels[^3], cut.Image.Pixels[^2]));
            Assert.InRange(cut.Image.Height, 12, 40);
            Assert.InRange(cut.Image.Width, 15, 50);
            Assert.InRange((double)cut.Image.Width / cut.Image.Height, 0.5, 2);

            // The objects' centres are (20, 15) and (40, 33).
            var kept = Sample.Objects.Where(item => Inside(item.Label == 0 ? (20, 15) : (40, 33))).ToList();
            Assert.Equal(kept.Select(item => item.Label), cut.Objects.Select(item => item.Label));
            Assert.NotEmpty(kept);
            var best = kept.Max(item => Overlap(item.Box, x, y, cut.Image.Width, cut.Image.Height));
            (any, bound) = best < 0.5 ? (any + 1, bound) : (any, bound + 1);

            bool Inside((int X, int Y) centre) =>
                centre.X > x && centre.X < x + cut.Image.Width && centre.Y > y && centre.Y < y + cut.Image.Height;
        }

        // A third each of: the whole image, any part, a part of the bound; some of "any" reach the bound by chance.
        Assert.InRange(whole, 150, 250);
        Assert.InRange(any, 100, 200);
        Assert.InRange(bound, 200, 320);
    }

    [Fact]
    public void OverlapsByHand()
    {
        // 4 x 4 and a window of 4 x 4 moved by 2 each way: 4 of 28.
        Assert.Equal(1 / 7.0, MinIouCrop.Overlap(new PixelWindow(2, 2, 4, 4), new Box(0, 0, 4, 4)), 15);
        Assert.Equal(0, MinIouCrop.Overlap(new PixelWindow(4, 0, 4, 4), new Box(0, 0, 4, 4)));
        Assert.Equal(1, MinIouCrop.Overlap(new PixelWindow(1, 1, 3, 2), new Box(1, 1, 2, 3)));
    }

    [Fact]
    public void ABoundThatNoPartReaches_LeavesTheImageWhole()
    {
        // The object covers a hundredth of the least part, so its overlap stays far below 0.9; "any part" is drawn half of the other times.
        var small = Sample with { Objects = [new SampleObject(new Box(20, 20, 1, 1), 0, null)] };
        Assert.Contains(Enumerable.Range(0, 50), seed =>
            ReferenceEquals(
                new MinIouCrop([0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9], 0.3, 2, 0, true).Apply(small, RandomSource.For(seed)),
                small
            )
        );
    }

    private static double Overlap(Box box, int x, int y, int width, int height)
    {
        var common =
            Enumerable.Range((int)box.X, (int)box.Width).Count(column => column >= x && column < x + width)
            * Enumerable.Range((int)box.Y, (int)box.Height).Count(row => row >= y && row < y + height);
        return common / ((width * height) + box.Area - common);
    }
}
