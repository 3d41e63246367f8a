using System.Text;

namespace DetectorDsl.Annotations.Tests.Masks;

/// <summary>Runs, texts, pixels and back.</summary>
public class RunLengthTests
{
    [Fact]
    public void Text_IsDifferencesInGroupsOfFiveBits()
    {
        // Runs 3 2 5 1 9: the first three as they are, then 1 - 2 = -1 and 9 - 5 = 4. Five bits each, plus 48: '3' '2' '5', -1 = 11111 = 'O', '4'.
        var mask = RleMask.FromRuns(4, 5, [3, 2, 5, 1, 9]);
        Assert.Equal("325O4", mask.ToText());

        // 100 = 3 * 32 + 4: the lower five bits with the mark for more, 4 + 32 + 48 = 'T', then 3 = '3'.
        Assert.Equal("T3", RleMask.FromRuns(10, 10, [100]).ToText());
    }

    [Fact]
    public void RandomMasks_SurviveTextPixelsAndMirroring()
    {
        var random = new Random(3);
        for (var round = 0; round < 500; round++)
        {
            var (height, width, density) = (random.Next(1, 30), random.Next(1, 30), random.NextDouble());
            var pixels = Enumerable.Range(0, height * width).Select(_ => random.NextDouble() < density ? (byte)1 : (byte)0).ToArray();
            var mask = RleMask.FromBitmap(pixels, height, width);
            Assert.Equal(pixels, mask.ToBitmap());
            Assert.Equal(pixels.Sum(pixel => pixel), mask.Area);
            Assert.Equal(mask, RleMask.FromText(Encoding.ASCII.GetBytes(mask.ToText()), height, width));
            Assert.Equal(mask, mask.FlipHorizontally().FlipHorizontally());
            Assert.Equal(mask, RleMask.FromRuns(height, width, mask.Runs));
            AssertBounds(pixels, height, width, mask.Bounds);
        }
    }

    [Fact]
    public void RandomPairs_OverlapAsTheirPixelsDo()
    {
        var random = new Random(4);
        for (var round = 0; round < 300; round++)
        {
            var (height, width) = (random.Next(1, 20), random.Next(1, 20));
            var (first, second) = (Draw(), Draw());
            var (a, b) = (RleMask.FromBitmap(first, height, width), RleMask.FromBitmap(second, height, width));
            var common = first.Zip(second, (x, y) => x & y).Sum();
            var either = first.Zip(second, (x, y) => x | y).Sum();
            Assert.Equal(common, RleMask.Intersection(a, b));
            Assert.Equal(common == 0 ? 0 : (double)common / either, RleMask.Overlap(a, b, isCrowd: false), 1e-15);
            Assert.Equal(common == 0 ? 0 : (double)common / first.Sum(x => x), RleMask.Overlap(a, b, isCrowd: true), 1e-15);
            Assert.Equal(first.Zip(second, (x, y) => (byte)(x | y)), RleMask.Merge([a, b], intersect: false).ToBitmap());
            Assert.Equal(first.Zip(second, (x, y) => (byte)(x & y)), RleMask.Merge([a, b], intersect: true).ToBitmap());

            byte[] Draw() => [.. Enumerable.Range(0, height * width).Select(_ => (byte)random.Next(2))];
        }
    }

    [Fact]
    public void ARegionOfAnImage_IsTheSameMaskAsTheWholeImagesPixels()
    {
        var random = new Random(6);
        for (var round = 0; round < 200; round++)
        {
            var (x, y, width, height) = (random.Next(8), random.Next(8), random.Next(1, 6), random.Next(1, 6));
            var part = Enumerable.Range(0, width * height).Select(_ => (byte)random.Next(2)).ToArray();
            var whole = new byte[14 * 15];
            for (var i = 0; i < part.Length; i++)
            {
                whole[((y + (i / width)) * 15) + x + (i % width)] = part[i];
            }

            Assert.Equal(RleMask.FromBitmap(whole, 14, 15), RleMask.FromRegion(part, x, y, width, height, 14, 15));
        }
    }

    [Theory]
    [InlineData("", "add up to 0 pixels")]
    [InlineData("T", "cut off")]
    [InlineData("T4", "add up to 132 pixels")]
    [InlineData("~", "character code 126")]
    [InlineData(" ", "character code 32")]
    [InlineData("O", "a run of -1 pixels")]
    [InlineData("ooooooooooooooooooooooooooooooo", "cut off")]
    [InlineData("oooooooooo0", "pixels")]
    public void ATextThatIsNoMask_IsRefused(string text, string expected)
    {
        Assert.Contains(
            expected,
            Assert.Throws<AnnotationException>(() => RleMask.FromText(Encoding.ASCII.GetBytes(text), 10, 10)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void SizesThatDoNotFit_AreRefused()
    {
        Assert.Throws<AnnotationException>(() => RleMask.FromRuns(2, 2, [5]));
        Assert.Throws<AnnotationException>(() => RleMask.FromRuns(-2, -2, [4]));
        Assert.Throws<AnnotationException>(() => RleMask.FromRuns(1 << 16, 1 << 16, [uint.MaxValue, 1]));
        var (small, large) = (RleMask.FromRuns(2, 2, [0, 4]), RleMask.FromRuns(3, 3, [0, 9]));
        Assert.Throws<AnnotationException>(() => RleMask.Merge([small, large], intersect: false));
        Assert.Throws<AnnotationException>(() => RleMask.Overlap(small, large, isCrowd: false));
        Assert.Throws<AnnotationException>(() => new RleSegmentation(small).ToMask(3, 3));
    }

    [Fact]
    public void AMaskWithoutPixels_IsNoSpecialCase()
    {
        var nothing = RleMask.FromRuns(0, 0, []);
        Assert.Equal(0, RleMask.Merge([nothing, nothing], intersect: false).Area);
        Assert.Equal("0", nothing.ToText());
        Assert.Empty(nothing.ToBitmap());
        Assert.Equal(default, nothing.Bounds);
    }

    private static void AssertBounds(byte[] pixels, int height, int width, Box bounds)
    {
        var set = Enumerable.Range(0, height * width).Where(place => pixels[place] != 0).ToList();
        var expected =
            set.Count == 0
                ? default
                : new Box(
                    set.Min(place => place % width),
                    set.Min(place => place / width),
                    set.Max(place => place % width) - set.Min(place => place % width) + 1,
                    set.Max(place => place / width) - set.Min(place => place / width) + 1
                );
        Assert.Equal(expected, bounds);
    }
}
