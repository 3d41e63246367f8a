using DetectorDsl.Annotations;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Images;
using DetectorDsl.Structures;

namespace DetectorDsl.Data.Tests.Augmentation;

public sealed class RandomCropTests
{
    [Fact]
    public void EveryPlaceIsDrawnAlikeOften()
    {
        // 3 x 5 out of 4 x 7: rows 0 and 1, columns 0, 1 and 2 to begin at. The first value of a pixel tells where it lay.
        var image = new RgbImage(4, 7, [.. Enumerable.Range(0, 28).SelectMany(pixel => new byte[] { (byte)pixel, 0, 0 })]);
        var sample = new Sample(1, image, 4, 7, [], []);
        var crop = new RandomCrop(3, 5, allowEmpty: true, 0, true);
        var places = Enumerable
            .Range(0, 1200)
            .Select(seed =>
            {
                var cut = crop.Apply(sample, RandomSource.For(seed)).Image;
                Assert.Equal((3, 5), (cut.Height, cut.Width));
                return cut.Pixels[0];
            })
            .CountBy(place => place)
            .ToDictionary();
        Assert.Equal([0, 1, 2, 7, 8, 9], places.Keys.Order().Select(place => (int)place));
        Assert.All(places.Values, count => Assert.InRange(count, 150, 250));
    }

    [Fact]
    public void AShorterSide_StaysWhole()
    {
        var cut = new RandomCrop(30, 10, allowEmpty: true, 0, true).Apply(TestSamples.Of(20, 40), RandomSource.For(3));
        Assert.Equal((20, 10), (cut.Image.Height, cut.Image.Width));
        cut = new RandomCrop(30, 50, allowEmpty: false, 0, true).Apply(TestSamples.Of(20, 40), RandomSource.For(3));
        Assert.Equal((20, 40, 3), (cut.Image.Height, cut.Image.Width, cut.Objects.Count));
        Assert.Equal(TestSamples.Of(20, 40).Image.Pixels, cut.Image.Pixels);
    }

    [Fact]
    public void PartsWithoutObjects_AreDrawnAgain_TenTimesAtMost()
    {
        // One object in a quarter of the image, parts of a quarter each way.
        var sample = new Sample(1, new RgbImage(16, 16, new byte[768]), 16, 16, [new SampleObject(new Box(0, 0, 8, 8), 0, null)], []);
        int WithObject(bool allowEmpty) =>
            Enumerable
                .Range(0, 400)
                .Count(seed => new RandomCrop(4, 4, allowEmpty, 0, true).Apply(sample, RandomSource.For(seed)).Objects.Count == 1);

        // 8 of 13 places in each direction touch it: 0.379 at one try, 1 - 0.621^10 = 0.991 at ten.
        Assert.InRange(WithObject(allowEmpty: true), 120, 185);
        Assert.InRange(WithObject(allowEmpty: false), 390, 400);

        // None can be had: an end all the same.
        Assert.Empty(new RandomCrop(4, 4, allowEmpty: false, 0.5, true).Apply(sample, RandomSource.For(1)).Objects);
    }

    [Fact]
    public void SharesOfTheSides_AreDrawnWithinTheirRange()
    {
        var crop = new RelativeCrop(0.25, 0.75, allowEmpty: true, 0, true);
        var sizes = Enumerable.Range(0, 500).Select(seed => crop.Apply(TestSamples.Of(20, 40), RandomSource.For(seed)).Image).ToList();
        Assert.Equal((5, 15), (sizes.Min(image => image.Height), sizes.Max(image => image.Height)));
        Assert.Equal((10, 30), (sizes.Min(image => image.Width), sizes.Max(image => image.Width)));
        Assert.Contains(sizes, image => image.Height < 8 && image.Width > 25);

        var half = new RelativeCrop(0.5, 0.5, allowEmpty: true, 0, true).Apply(TestSamples.Of(20, 41), RandomSource.For(0)).Image;
        Assert.Equal((10, 21), (half.Height, half.Width));
    }
}
