using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Images;
using SkiaSharp;

namespace DetectorDsl.Data.Tests.Images;

public sealed class ImageVerdictsTests : IDisposable
{
    private readonly TempFolder folder = new();

    public ImageVerdictsTests()
    {
        Directory.CreateDirectory(folder["kept"]);
        Directory.CreateDirectory(folder["images"]);
        File.WriteAllBytes(folder["images/good.png"], TestImages.Png(40, 50));
        File.WriteAllBytes(folder["images/bad.png"], Damaged());
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ADamageInside_IsFound_AndEveryFileDecodedOnce()
    {
        var header = ImageDecoder.ReadSize(folder["images/bad.png"]);
        Assert.Equal((50, 40), header);
        for (var run = 0; run < 2; run++)
        {
            var verdicts = ImageVerdicts.Open(folder["kept"], folder["images"]);
            var problem = Assert.Single(Check(verdicts));
            Assert.Contains("cut off or damaged", problem.What, StringComparison.Ordinal);
            Assert.Equal(run == 0 ? 2 : 0, verdicts.Decoded);
            verdicts.Keep();
        }

        Assert.Empty(Check(null));
    }

    [Fact]
    public void AFileThatChanged_IsDecodedAgain()
    {
        var first = ImageVerdicts.Open(folder["kept"], folder["images"]);
        Check(first);
        first.Keep();
        File.WriteAllBytes(folder["images/bad.png"], TestImages.Png(40, 50));
        var second = ImageVerdicts.Open(folder["kept"], folder["images"]);
        Assert.Empty(Check(second));
        Assert.Equal(1, second.Decoded);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(100)]
    public void WhatIsKept_MayBeDamaged_OrNotWritable(int bytes)
    {
        var first = ImageVerdicts.Open(folder["kept"], folder["images"]);
        Check(first);
        first.Keep();
        var file = Directory.GetFiles(folder["kept"]).Single();
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..bytes]);
        var second = ImageVerdicts.Open(folder["kept"], folder["images"]);
        Assert.Single(Check(second));
        Directory.Delete(folder["kept"], recursive: true);
        second.Keep();
    }

    private System.Collections.Immutable.ImmutableArray<AnnotationProblem> Check(ImageVerdicts? verdicts)
    {
        AnnotatedImage[] images = [new(1, "good.png", 40, 50), new(2, "bad.png", 40, 50)];
        InstanceAnnotation[] objects =
        [
            new(1, 1, 1, new Box(1, 1, 9, 9), 81, null, false),
            new(2, 2, 1, new Box(1, 1, 9, 9), 81, null, false),
        ];
        return DatasetCheck
            .Run(
                new AnnotationSet([.. images], [.. objects], [new Category(1, "a")], []),
                new DataSplit(folder["a.json"], folder["images"]),
                verdicts: verdicts
            )
            .Kept;
    }

    // Checksum of the pixels: the header and the end mark stay as they are.
    private static byte[] Damaged()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(40, 50, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(SKColors.Red);
        var png = TestImages.Encode(bitmap, SKEncodedImageFormat.Png);
        png[png.AsSpan().IndexOf("IEND"u8) - 8] ^= 0x55;
        return png;
    }
}
