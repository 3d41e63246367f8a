using DetectorDsl.Data.Images;
using DetectorDsl.Structures;
using SkiaSharp;

namespace DetectorDsl.Data.Tests.Images;

public sealed class BadImageTests : IDisposable
{
    private readonly TempFolder folder = new();

    public static TheoryData<string, SKEncodedImageFormat> Formats =>
        new()
        {
            { "a.jpg", SKEncodedImageFormat.Jpeg },
            { "a.png", SKEncodedImageFormat.Png },
            { "a.webp", SKEncodedImageFormat.Webp },
        };

    public void Dispose() => folder.Dispose();

    // 326 bytes took 15 GB: the library makes room for as many values as an entry states.
    [Theory]
    [InlineData("rgba16-be.tif", 277)]
    [InlineData("rgba16-be.tif", 258)]
    [InlineData("rgb-tiff_lzw.tif", 273)]
    public void AnEntryOfATiff_ThatIsLargerThanTheFile_IsRefusedBeforeRoomIsMade(string name, ushort tag)
    {
        var file = PillowPixelTests.Fixture(name).File;
        var isBig = file[0] == 'M';
        byte[] entry = isBig ? [(byte)(tag >> 8), (byte)tag, 0] : [(byte)tag, (byte)(tag >> 8)];
        var at = file.AsSpan(8).IndexOf(entry) + 8;
        for (var i = 4; i < 8; i++)
        {
            file[at + i] = 0x2D;
        }

        File.WriteAllBytes(folder[name], file);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var message = Assert.Throws<ImageException>(() => ImageDecoder.Read(folder[name])).Message;
        Assert.Contains($"entry {tag} of its directory states 757935405 values", message, StringComparison.Ordinal);
        Assert.StartsWith(folder[name], message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void CutOff_IsRefusedByNameAtAnyLength(string name, SKEncodedImageFormat format)
    {
        var whole = TestImages.Encode(Noise(), format);
        foreach (var share in new[] { 0.02, 0.3, 0.6, 0.95 })
        {
            File.WriteAllBytes(folder[name], whole[..(int)(whole.Length * share)]);
            Assert.Contains(
                folder[name],
                Assert.Throws<ImageException>(() => ImageDecoder.Read(folder[name])).Message,
                StringComparison.Ordinal
            );
            Assert.Contains(
                folder[name],
                Assert.Throws<ImageException>(() => ImageDecoder.ReadSize(folder[name])).Message,
                StringComparison.Ordinal
            );
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
    [InlineData("no image at all", "JPEG, PNG, WebP")]
    [InlineData("", "it holds nothing")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "git lfs pull")]
    [InlineData("<!DOCTYPE html><html>", "a web page")]
    [InlineData("II*\0\u0008\0\0\0\u0001", "TIFF")]
    public void NotAnImage_IsRefusedByName(string content, string what)
    {
        File.WriteAllText(folder["a.jpg"], content);
        foreach (var read in new Action[] { () => ImageDecoder.Read(folder["a.jpg"]), () => ImageDecoder.ReadSize(folder["a.jpg"]) })
        {
            var message = Assert.Throws<ImageException>(read).Message;
            Assert.StartsWith(folder["a.jpg"], message, StringComparison.Ordinal);
            Assert.Contains(what, message, StringComparison.Ordinal);
        }
    }

    // An exception out of Skia's callbacks would end the process.
    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    public void AStreamThatFails_IsRefused(int after)
    {
        using var stream = new FailingStream(TestImages.Encode(Noise(), SKEncodedImageFormat.Jpeg), after);
        Assert.Contains(
            "the cable is out",
            Assert.Throws<ImageException>(() => ImageDecoder.Read(stream, "a")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Missing_IsRefusedByName()
    {
        Assert.Equal(
            $"{folder["gone.jpg"]}: no such image file.",
            Assert.Throws<ImageException>(() => ImageDecoder.Read(folder["gone.jpg"])).Message
        );
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

    [Fact]
    public void AnImageOfTooManyPixels_IsRefusedByItsHeader()
    {
        // 65,535 x 8,000, of which one pixel is drawn.
        byte[] gif =
        [
            .. "GIF89a"u8,
            0xFF,
            0xFF,
            0x40,
            0x1F,
            0x80,
            0,
            0,
            0,
            0,
            0,
            255,
            255,
            255,
            0x2C,
            0,
            0,
            0,
            0,
            1,
            0,
            1,
            0,
            0,
            2,
            2,
            0x44,
            1,
            0,
            0x3B,
        ];
        File.WriteAllBytes(folder["a.gif"], gif);
        var before = GC.GetTotalAllocatedBytes();
        foreach (var read in new Action[] { () => ImageDecoder.Read(folder["a.gif"]), () => ImageDecoder.ReadSize(folder["a.gif"]) })
        {
            var message = Assert.Throws<ImageException>(read).Message;
            Assert.Contains("65535 x 8000 pixels are too many: 178 million can be read", message, StringComparison.Ordinal);
            Assert.Contains("DETECTORDSL_MEGAPIXELS", message, StringComparison.Ordinal);
        }

        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 10 << 20);
    }

    [Theory]
    [InlineData("checksum")]
    [InlineData("middle")]
    [InlineData("half")]
    public void APngDamagedInside_IsRefused_ThoughItsEndMarkStands(string damage)
    {
        var whole = TestImages.Encode(Noise(), SKEncodedImageFormat.Png);
        var data = whole.AsSpan().IndexOf("IDAT"u8);
        var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(whole.AsSpan(data - 4));
        if (damage == "checksum")
        {
            whole[data + 4 + length] ^= 1;
        }
        else if (damage == "middle")
        {
            whole.AsSpan(data + 4 + (length / 2), 40).Clear();
        }
        else
        {
            whole = [.. whole[..(data + 4 + (length / 2))], .. whole[(data + 4 + length)..]];
        }

        File.WriteAllBytes(folder["a.png"], whole);
        Assert.Contains(
            "cut off or damaged",
            Assert.Throws<ImageException>(() => ImageDecoder.Read(folder["a.png"])).Message,
            StringComparison.Ordinal
        );
    }

    [SkippableFact]
    public void OnlyRegularFiles_AreOpened()
    {
        Skip.IfNot(OperatingSystem.IsLinux());
        using (var made = System.Diagnostics.Process.Start("mkfifo", folder["pipe.jpg"]))
        {
            made.WaitForExit();
        }

        foreach (var path in new[] { folder["pipe.jpg"], "/dev/zero", "/proc/self/mem" })
        {
            Assert.Contains(
                "only regular files",
                Assert.Throws<ImageException>(() => ImageDecoder.Read(path)).Message,
                StringComparison.Ordinal
            );
            Assert.Contains(
                "only regular files",
                Assert.Throws<ImageException>(() => ImageDecoder.ReadSize(path)).Message,
                StringComparison.Ordinal
            );
        }
    }

    private sealed class FailingStream(byte[] content, int after) : MemoryStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            Position >= after
                ? throw new TimeoutException("the cable is out")
                : base.Read(buffer, offset, (int)Math.Min(count, after - Position));
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
