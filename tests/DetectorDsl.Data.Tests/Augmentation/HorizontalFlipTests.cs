using DetectorDsl.Annotations;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Structures;

namespace DetectorDsl.Data.Tests.Augmentation;

public sealed class HorizontalFlipTests
{
    [Fact]
    public void EverythingIsMirrored()
    {
        // Width 40: x becomes 40 - x; a box's left side is 40 less its old right side.
        var original = TestSamples.Of(20, 40);
        var sample = new HorizontalFlip(1).Apply(original, RandomSource.For(0));
        Assert.Equal(new Box(10, 4, 20, 12), sample.Objects[0].Box);
        Assert.Equal([30, 4, 10, 4, 30, 16], TestSamples.Ring(sample.Objects[0]));
        Assert.Equal(new Box(34, 2, 1, 1), sample.Objects[1].Box);
        Assert.Equal(new Box(34, 2, 1, 1), TestSamples.Mask(sample.Objects[1], sample.Image).Bounds);
        Assert.Equal(new Box(32, 0, 8, 8), sample.Objects[2].Box);
        Assert.Equal([new Box(34, 6, 4, 8)], sample.Crowds);
        Assert.Equal(original.Image.Pixels[(3 * 40 * 3)..((3 * 40 * 3) + 3)], sample.Image.Pixels[((4 * 40 * 3) - 3)..(4 * 40 * 3)]);
    }

    [Fact]
    public void Twice_IsTheOriginal()
    {
        var original = TestSamples.Of(20, 41);
        var flip = new HorizontalFlip(1);
        var sample = flip.Apply(flip.Apply(original, RandomSource.For(0)), RandomSource.For(1));
        Assert.Equal(original.Image.Pixels, sample.Image.Pixels);
        Assert.Equal(original.Crowds, sample.Crowds);
        Assert.Equal(original.Objects.Select(item => item.Box), sample.Objects.Select(item => item.Box));
        Assert.Equal(TestSamples.Ring(original.Objects[0]), TestSamples.Ring(sample.Objects[0]));
        Assert.Equal(original.Objects[1].Segmentation, sample.Objects[1].Segmentation);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.5, 440, 560)]
    [InlineData(1, 1000, 1000)]
    public void ProbabilityIsTheShareOfMirroredSamples(double probability, int least, int most)
    {
        var sample = TestSamples.Of(20, 40);
        var flip = new HorizontalFlip(probability);
        Assert.InRange(
            Enumerable.Range(0, 1000).Count(seed => !ReferenceEquals(flip.Apply(sample, RandomSource.For(seed)), sample)),
            least,
            most
        );
    }

    [Fact]
    public void ResizeThenFlip_IsFlipThenResize()
    {
        var (resize, flip) = (new Resize([40], 200), new HorizontalFlip(1));
        var first = flip.Apply(resize.Apply(TestSamples.Of(20, 40), RandomSource.For(0)), RandomSource.For(0));
        var second = resize.Apply(flip.Apply(TestSamples.Of(20, 40), RandomSource.For(0)), RandomSource.For(0));
        Assert.Equal(first.Objects.Select(item => item.Box), second.Objects.Select(item => item.Box));
        Assert.Equal(TestSamples.Ring(first.Objects[0]), TestSamples.Ring(second.Objects[0]));
        Assert.Equal(first.Objects[1].Segmentation, second.Objects[1].Segmentation);
        Assert.Equal(first.Image.Pixels, second.Image.Pixels);
    }
}
