using DetectorDsl.Annotations;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Images;
using DetectorDsl.Structures;

namespace DetectorDsl.Data.Tests.Augmentation;

public sealed class CopyPasteTests
{
    private static readonly CopyPaste Always = new(1, 100, 0.1);

    [Fact]
    public void WhatIsPasted_HidesWhatIsBelow()
    {
        // Below: three squares of 8 x 8 in a row. Above: a rectangle over columns 4 to 11 and rows 0 to 5, so half of the first's upper six rows
        // (4 x 6 of its 64 pixels), half of the second's; the third is not touched.
        var below = Of(8, 24, 10, Square(0, 0), Square(8, 1), Square(16, 2)) with { Crowds = [new Box(1, 1, 2, 2)] };
        var above = Of(8, 24, 200, new SampleObject(new Box(4, 0, 8, 6), 5, Rectangle(4, 0, 12, 6))) with
        {
            Crowds = [new Box(0, 0, 5, 5)],
        };
        var joined = Pasted(below, above);

        Assert.Equal([0, 1, 2, 5], joined.Objects.Select(item => item.Label));
        Assert.Equal(
            [new Box(0, 0, 8, 8), new Box(8, 0, 8, 8), new Box(16, 0, 8, 8), new Box(4, 0, 8, 6)],
            joined.Objects.Select(item => item.Box)
        );
        Assert.Equal([40, 40, 64, 48], joined.Objects.Select(item => TestSamples.Mask(item, joined.Image).Area));
        Assert.All(joined.Objects.Take(2), item => Assert.IsType<RleSegmentation>(item.Segmentation));
        Assert.Same(below.Objects[2], joined.Objects[2]);
        Assert.IsType<PolygonSegmentation>(joined.Objects[3].Segmentation);
        Assert.Equal([new Box(1, 1, 2, 2)], joined.Crowds);
        for (var pixel = 0; pixel < 8 * 24; pixel++)
        {
            Assert.Equal(pixel / 24 < 6 && pixel % 24 is >= 4 and < 12 ? 200 : 10, joined.Image.Pixels[pixel * 3]);
        }

        Assert.All(below.Image.Pixels, value => Assert.Equal(10, value));
    }

    [Fact]
    public void BoxesShrinkToWhatIsLeft()
    {
        var joined = Pasted(Of(8, 24, 10, Square(0, 0)), Of(8, 24, 200, new SampleObject(new Box(0, 0, 24, 5), 1, Rectangle(0, 0, 24, 5))));
        Assert.Equal(new Box(0, 5, 8, 3), joined.Objects[0].Box);
    }

    [Theory]
    [InlineData(0.0, 8, false)]
    [InlineData(0.0, 7, true)]
    [InlineData(0.125, 7, true)]
    [InlineData(0.13, 7, false)]
    public void BelowTheShare_AHiddenObjectIsRemoved(double share, int columns, bool remains)
    {
        // All but (8 - columns) / 8 of the square is covered; the same for one that has a box only.
        var above = Of(8, 24, 200, new SampleObject(new Box(0, 0, columns, 8), 9, Rectangle(0, 0, columns, 8)));
        Assert.Equal(remains, Pasted(Of(8, 24, 10, Square(0, 0)), above, new CopyPaste(1, 100, share)).Objects[0].Label == 0);
        var boxed = new SampleObject(new Box(0, 0, 8, 8), 0, null);
        var joined = Pasted(Of(8, 24, 10, boxed), above, new CopyPaste(1, 100, share));
        Assert.Equal(remains, joined.Objects.Contains(boxed));
    }

    [Fact]
    public void ALargerPartner_IsCutToTheFrame_AndOnlyMaskedObjectsArePasted()
    {
        var above = Of(
            20,
            40,
            200,
            new SampleObject(new Box(20, 4, 8, 8), 1, Rectangle(20, 4, 28, 12)),
            new SampleObject(new Box(30, 12, 5, 5), 2, Rectangle(30, 12, 35, 17)),
            new SampleObject(new Box(0, 0, 9, 9), 3, null)
        );
        var joined = Pasted(Of(8, 24, 10), above);
        Assert.Equal((8, 24), (joined.Image.Height, joined.Image.Width));
        Assert.Equal((new Box(20, 4, 4, 4), 1), (Assert.Single(joined.Objects).Box, joined.Objects[0].Label));

        // A smaller one is laid over the corner.
        joined = Pasted(Of(20, 40, 10), Of(8, 24, 200, Square(16, 2)));
        Assert.Equal(new Box(16, 0, 8, 8), Assert.Single(joined.Objects).Box);
    }

    [Fact]
    public void HowManyArePasted_IsDrawnAlikeOftenFromNoneToAll_AndEachObjectAlikeOften()
    {
        var above = Of(8, 24, 200, Square(0, 0), Square(8, 1), Square(16, 2));
        var drawn = Enumerable
            .Range(0, 800)
            .Select(seed => Always.Apply(Of(8, 24, 10), RandomSource.For(seed), new TestSamples.Others(above)))
            .ToList();
        var counts = drawn.CountBy(sample => sample.Objects.Count).ToDictionary();
        Assert.Equal([0, 1, 2, 3], counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.InRange(count, 150, 250));
        Assert.All(Enumerable.Range(0, 3), label =>
            Assert.InRange(drawn.Count(sample => sample.Objects.Any(item => item.Label == label)), 350, 450)
        );
        Assert.All(Enumerable.Range(0, 200), seed =>
            Assert.InRange(
                new CopyPaste(1, 2, 0).Apply(Of(8, 24, 10), RandomSource.For(seed), new TestSamples.Others(above)).Objects.Count,
                0,
                2
            )
        );
    }

    [Fact]
    public void ProbabilityIsTheShareOfImagesThatAskForAPartner()
    {
        var below = Of(8, 24, 10, Square(0, 0));
        var asked = Enumerable
            .Range(0, 1000)
            .Count(seed =>
            {
                var others = new Counting();
                new CopyPaste(0.3, 100, 0.1).Apply(below, RandomSource.For(seed), others);
                return others.Asked == 1;
            });
        Assert.InRange(asked, 250, 350);
    }

    // The first seed at which all of the partner's objects are pasted.
    private static Sample Pasted(Sample below, Sample above, CopyPaste? paste = null)
    {
        var masked = above.Objects.Count(item => item.Segmentation is not null);
        var seed = Enumerable
            .Range(0, 1000)
            .First(seed =>
            {
                var random = RandomSource.For(seed);
                random.NextDouble();
                random.Shuffle(new int[masked].AsSpan());
                return random.NextInt(masked + 1) == masked;
            });
        return (paste ?? Always).Apply(below, RandomSource.For(seed), new TestSamples.Others(above));
    }

    private static Sample Of(int height, int width, byte grey, params SampleObject[] objects) =>
        new(1, new RgbImage(height, width, [.. Enumerable.Repeat(grey, height * width * 3)]), height, width, objects, []);

    private static SampleObject Square(int x, int label) => new(new Box(x, 0, 8, 8), label, Rectangle(x, 0, x + 8, 8));

    private static PolygonSegmentation Rectangle(double left, double top, double right, double bottom) =>
        new([
            [left, top, right, top, right, bottom, left, bottom],
        ]);

    private sealed class Counting : IPartners
    {
        public int Asked { get; private set; }

        public Sample Draw(RandomSource random)
        {
            Asked++;
            return Of(8, 24, 200);
        }
    }
}
