using DetectorDsl.Data.Images;
using SkiaSharp;

namespace DetectorDsl.Data.Tests.Images;

public sealed class BadImageTests : IDisposable
{
    private readonly TempFolder folder = new();

    public static TheoryData<string, SKEncodedImageFormat> Formats => new() { { "a.jpg", SKEncodedImageFormat.Jpeg }, { "a.png", SKEncodedImageFormat.Png }, { "a.webp", SKEncodedImageFormat.Webp } };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void CutOff_IsRefusedByNameAtAnyLength(string name, SKEncodedImageFormat format)
    {
        var whole = TestImages.Encode(Noise(), format);
        foreach (var share in new[] { 0.02, 0.3, 0.6, 0.95 })
        {
            File.WriteAllBytes(folder[name], whole[..(int)(whole.Length * share)]);
            Assert.Contains(folder[name], Assert.Throws<ImageException>(() => ImageDecoder.Read(folder[name])).Message, StringComparison.Ordinal);
            Assert.Contains(folder[name], Assert.Throws<ImageException>(() => ImageDecoder.ReadSize(folder[name])).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Whole_IsReadAndItsSizeIsThatOfThePixels(string name, SKEncodedImageFormat format)
    {
        File.WriteAllBytes(folder[name], TestImages.Encode(Noise(), format));
        Assert.Equal((40, 64), ImageDecoder.ReadSize(folder[name]));
        Assert.Equal(40 * 64 * 3, ImageDecoder.Read(folder[name]).Pixels.Length);
    }

    [Fact]
    public void SomethingBehindTheEndMark_DoesNoHarm()
    {
        File.WriteAllBytes(folder["a.jpg"], [.. TestImages.Encode(Noise(), SKEncodedImageFormat.Jpeg), .. "trailer"u8]);
        Assert.Equal((40, 64), ImageDecoder.ReadSize(folder["a.jpg"]));
    }

    [Fact]
    public void TheSizeIsThatOfTheUprightPicture()
    {
        File.WriteAllBytes(folder["a.jpg"], TestImages.WithOrientation(TestImages.Encode(Noise(), SKEncodedImageFormat.Jpeg), 6));
        Assert.Equal((64, 40), ImageDecoder.ReadSize(folder["a.jpg"]));
    }

    [Theory]
    [InlineData("no image at all")]
    [InlineData("")]
    public void NotAnImage_IsRefusedByName(string content)
    {
        File.WriteAllText(folder["a.jpg"], content);
        foreach (var read in new Action[] { () => ImageDecoder.Read(folder["a.jpg"]), () => ImageDecoder.ReadSize(folder["a.jpg"]) })
        {
            var message = Assert.Throws<ImageException>(read).Message;
            Assert.StartsWith(folder["a.jpg"], message, StringComparison.Ordinal);
            Assert.Contains("JPEG, PNG, WebP", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Missing_IsRefusedByName()
    {
        Assert.Equal($"{folder["gone.jpg"]}: no such image file.", Assert.Throws<ImageException>(() => ImageDecoder.Read(folder["gone.jpg"])).Message);
        Assert.Equal($"{folder.Path}: no such image file.", Assert.Throws<ImageException>(() => ImageDecoder.Read(folder.Path)).Message);
    }

    [Fact]
    public void AbsurdSize_IsRefusedBeforeMemoryIsAskedFor()
    {
        // The size of a BMP: width and height as little-endian numbers at bytes 18 and 22.
        byte[] bmp = [.. "BM"u8, .. new byte[52]];
        BitConverter.TryWriteBytes(bmp.AsSpan(2), 54);
        BitConverter.TryWriteBytes(bmp.AsSpan(10), 54);
        BitConverter.TryWriteBytes(bmp.AsSpan(14), 40);
        BitConverter.TryWriteBytes(bmp.AsSpan(18), 60_000);
        BitConverter.TryWriteBytes(bmp.AsSpan(22), 60_000);
        bmp[26] = 1;
        bmp[28] = 24;
        File.WriteAllBytes(folder["a.bmp"], bmp);
        Assert.Throws<ImageException>(() => ImageDecoder.Read(folder["a.bmp"]));
    }

    private static SKBitmap Noise()
    {
        var bitmap = new SKBitmap(new SKImageInfo(64, 40, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var random = RandomSource.For(7);
        for (var i = 0; i < 64 * 40; i++)
        {
            bitmap.SetPixel(i % 64, i / 64, new SKColor((byte)random.NextInt(256), (byte)random.NextInt(256), (byte)random.NextInt(256)));
        }

        return bitmap;
    }
}
