using System.Collections.Immutable;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Images;
using DetectorDsl.Data.Rendering;
using DetectorDsl.Structures;
using SkiaSharp;

namespace DetectorDsl.Data.Tests.Rendering;

public sealed class SceneRendererTests
{
    private const int Size = 160;

    private readonly SceneRenderer renderer = new(RenderedStep.Default);

    [Fact]
    public void MasksAreThePixelsThatAnObjectChanges()
    {
        // A scene with and without its last object differs where that object is, but for soft edges, JPEG's noise, and bodies in the ground's colour.
        var overlaps = new List<double>();
        for (var seed = 0; seed < 60; seed++)
        {
            ImmutableArray<int> classes = [(seed + 7) % 60, (seed + 31) % 60, seed];
            var with = renderer.Render(classes, RandomSource.For(seed));
            var without = renderer.Render(classes[..2], RandomSource.For(seed));
            var changed = Changed(with.Jpeg, without.Jpeg);
            var mask = with.Masks[2].ToBitmap();
            var overlap = Overlap(changed, mask, 0);
            overlaps.Add(overlap);
            Assert.True(overlap > 0.5, $"class {seed}: the mask covers {overlap:P0} of the changed pixels");
            Assert.All([-1, 1, -Size, Size], shift =>
                Assert.True(Overlap(changed, mask, shift) < overlap, $"class {seed}: the mask lies off by a pixel")
            );
        }

        Assert.InRange(overlaps.Average(), 0.9, 1);
    }

    [Fact]
    public void AnObjectInFrontTakesItsPixelsFromThoseBehind()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var before = renderer.Render([1, 20], RandomSource.For(seed));
            var after = renderer.Render([1, 20, 40], RandomSource.For(seed));
            for (var i = 0; i < 2; i++)
            {
                Assert.Equal(before.Masks[i].Area - RleMask.Intersection(before.Masks[i], after.Masks[2]), after.Masks[i].Area);
                Assert.Equal(0, RleMask.Intersection(after.Masks[i], after.Masks[2]));
            }
        }
    }

    [Fact]
    public void AtMostTwoFifthsOfAnObjectAreHiddenAndSomeAreHiddenMuch()
    {
        var largest = 0.0;
        for (var seed = 0; seed < 60; seed++)
        {
            // Twice as many objects as the data set puts into an image.
            var scene = renderer.Render([.. Enumerable.Range(0, 12).Select(i => ((i * 7) + seed) % 60)], RandomSource.For(seed));
            for (var i = 0; i < scene.Masks.Length; i++)
            {
                var hidden = 1 - ((double)scene.Masks[i].Area / scene.WholeAreas[i]);
                Assert.InRange(hidden, 0, 0.4);
                largest = Math.Max(largest, hidden);
            }
        }

        Assert.InRange(largest, 0.3, 0.4);
    }

    [Fact]
    public void ScalesSpanPoint6To1Point6()
    {
        // A square of half side 0.85 x 17 x scale turned by up to 18 degrees has an area of (28.9 x scale)^2: 301 to 2138 pixels, a part of which may lie outside the image.
        var areas = Enumerable.Range(0, 300).Select(seed => renderer.Render([6], RandomSource.For(seed)).WholeAreas[0]).ToList();
        Assert.InRange(areas.Min(), 270, 420);
        Assert.InRange(areas.Max(), 1900, 2180);
    }

    [Fact]
    public void TooManyObjectsAreRefused() =>
        Assert.Contains(
            "too many objects",
            Assert
                .Throws<InvalidOperationException>(() =>
                    renderer.Render([.. Enumerable.Range(0, 400).Select(i => i % 60)], RandomSource.For(0))
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void EveryClassIsItsOwnMirrorImageAndLikeNoOther()
    {
        // Otherwise a flipped training image would teach a wrong class, or two classes could not be told apart.
        var drawn = Enumerable.Range(0, 60).Select(Draw).ToList();
        for (var i = 0; i < 60; i++)
        {
            Assert.True(Difference(drawn[i], drawn[i].FlipHorizontally()) < 0.01, $"class {i} differs from its mirror image");
            for (var j = 0; j < i; j++)
            {
                Assert.True(Difference(drawn[i], drawn[j]) > 0.02, $"classes {j} and {i} look alike");
            }
        }
    }

    // The same colours for all.
    private static RgbImage Draw(int index)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(100, 100, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.Gray);
        SceneRenderer.DrawObject(
            canvas,
            RenderedCategories.Shapes[index],
            SKMatrix.CreateTranslation(50, 50).PreConcat(SKMatrix.CreateScale(38, 38)),
            RandomSource.For(3)
        );
        canvas.Flush();
        return ImageDecoder.FromBitmap(bitmap);
    }

    // Share of pixels that differ clearly.
    private static double Difference(RgbImage a, RgbImage b) =>
        Enumerable.Range(0, a.Pixels.Length / 3).Average(i => Differs(a.Pixels, b.Pixels, i * 3, 60) ? 1.0 : 0);

    private static byte[] Changed(byte[] first, byte[] second)
    {
        using var firstStream = new MemoryStream(first);
        using var secondStream = new MemoryStream(second);
        var (a, b) = (ImageDecoder.Read(firstStream).Pixels, ImageDecoder.Read(secondStream).Pixels);
        return [.. Enumerable.Range(0, Size * Size).Select(i => (byte)(Differs(a, b, i * 3, 32) ? 1 : 0))];
    }

    private static double Overlap(byte[] changed, byte[] mask, int shift)
    {
        var (both, either) = (0, 0);
        for (var i = 0; i < changed.Length; i++)
        {
            var masked = i + shift >= 0 && i + shift < mask.Length && mask[i + shift] != 0;
            both += masked && changed[i] != 0 ? 1 : 0;
            either += masked || changed[i] != 0 ? 1 : 0;
        }

        return (double)both / either;
    }

    private static bool Differs(byte[] a, byte[] b, int at, int limit) =>
        Math.Abs(a[at] - b[at]) > limit || Math.Abs(a[at + 1] - b[at + 1]) > limit || Math.Abs(a[at + 2] - b[at + 2]) > limit;
}
