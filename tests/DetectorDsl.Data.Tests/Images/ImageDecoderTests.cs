using DetectorDsl.Data.Images;
using DetectorDsl.Structures;
using SkiaSharp;

namespace DetectorDsl.Data.Tests.Images;

public sealed class ImageDecoderTests
{
    // EXIF 2.3, tag 274: where row 0 and column 0 of the stored picture lie in the upright one. Stored corners: R G above, B W below.
    [Theory]
    [InlineData(1, "RG/BW")] // row 0 top, column 0 left
    [InlineData(2, "GR/WB")] // top, right
    [InlineData(3, "WB/GR")] // bottom, right
    [InlineData(4, "BW/RG")] // bottom, left
    [InlineData(5, "RB/GW")] // left, top
    [InlineData(6, "BR/WG")] // right, top
    [InlineData(7, "WG/BR")] // right, bottom
    [InlineData(8, "GW/RB")] // left, bottom
    public void ExifOrientation_TurnsUpright(int orientation, string corners)
    {
        using var quarters = TestImages.Quarters();
        var image = Decode(TestImages.WithOrientation(TestImages.Encode(quarters, SKEncodedImageFormat.Jpeg), orientation));
        Assert.Equal(orientation >= 5 ? (48, 32) : (32, 48), (image.Height, image.Width));
        Assert.Equal(
            corners,
            $"{Letter(image, 4, 4)}{Letter(image, 4, image.Width - 5)}/{Letter(image, image.Height - 5, 4)}{Letter(image, image.Height - 5, image.Width - 5)}"
        );
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void ExifOrientation_MovesEveryPixelUnchanged(int orientation)
    {
        // 5 x 3 random pixels, lossily coded; the decoded ones must be the same set, moved.
        using var bitmap = new SKBitmap(new SKImageInfo(5, 3, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var random = RandomSource.For(1);
        for (var i = 0; i < 15; i++)
        {
            bitmap.SetPixel(i % 5, i / 5, new SKColor((byte)random.NextInt(256), (byte)random.NextInt(256), (byte)random.NextInt(256)));
        }

        var jpeg = TestImages.Encode(bitmap, SKEncodedImageFormat.Jpeg);
        var stored = Decode(jpeg);
        var upright = Decode(TestImages.WithOrientation(jpeg, orientation));
        for (var y = 0; y < 3; y++)
        {
            for (var x = 0; x < 5; x++)
            {
                var (uprightY, uprightX) = orientation switch
                {
                    2 => (y, 4 - x),
                    3 => (2 - y, 4 - x),
                    4 => (2 - y, x),
                    5 => (x, y),
                    6 => (x, 2 - y),
                    7 => (4 - x, 2 - y),
                    _ => (4 - x, y),
                };
                Assert.Equal(Pixel(stored, y, x), Pixel(upright, uprightY, uprightX));
            }
        }
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)] // quality 100 is lossless
    public void LosslessFormats_GiveTheExactPixels(SKEncodedImageFormat format)
    {
        using var quarters = TestImages.Quarters();
        var image = Decode(TestImages.Encode(quarters, format));
        for (var i = 0; i < 48 * 32; i++)
        {
            var colour = quarters.GetPixel(i % 48, i / 48);
            Assert.Equal((colour.Red, colour.Green, colour.Blue), Pixel(image, i / 48, i % 48));
        }
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    public void Grey_GivesThreeEqualChannels(SKEncodedImageFormat format)
    {
        using var grey = new SKBitmap(new SKImageInfo(16, 8, SKColorType.Gray8, SKAlphaType.Opaque));
        grey.GetPixelSpan().Fill(100);
        var file = TestImages.Encode(grey, format);
        Assert.Equal(1, format == SKEncodedImageFormat.Png ? ChannelsOfPng(file) : ChannelsOfJpeg(file));
        Assert.All(Decode(file).Pixels, value => Assert.Equal(100, value));
    }

    [Fact]
    public void Transparency_IsDropped()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(2, 1, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        new byte[] { 200, 100, 50, 255, 200, 100, 50, 0 }.CopyTo(bitmap.GetPixelSpan());
        Assert.Equal([200, 100, 50, 200, 100, 50], Decode(TestImages.Encode(bitmap, SKEncodedImageFormat.Png)).Pixels);
        Assert.Equal([200, 100, 50, 200, 100, 50], ImageDecoder.FromBitmap(bitmap).Pixels);

        // What is multiplied by its alpha is divided by it again.
        using var multiplied = new SKBitmap(new SKImageInfo(1, 1, SKColorType.Bgra8888, SKAlphaType.Premul));
        new byte[] { 25, 50, 100, 128 }.CopyTo(multiplied.GetPixelSpan());
        Assert.All(ImageDecoder.FromBitmap(multiplied).Pixels.Zip([200, 100, 50]), pair =>
            Assert.InRange(pair.First, pair.Second - 2, pair.Second + 2)
        );
    }

    // Adobe's inverted CMYK: red = cyan x black / 255 and so on.
    [Theory]
    [InlineData(255, 255, 255, 255, 255, 255, 255)]
    [InlineData(255, 0, 0, 255, 255, 0, 0)]
    [InlineData(0, 255, 255, 255, 0, 255, 255)]
    [InlineData(255, 255, 255, 0, 0, 0, 0)]
    [InlineData(204, 102, 51, 255, 204, 102, 51)]
    [InlineData(200, 100, 50, 128, 100, 50, 25)]
    public void CmykJpeg_BecomesRgb(byte cyan, byte magenta, byte yellow, byte black, byte red, byte green, byte blue)
    {
        var image = Decode(CmykJpeg.Write(cyan, magenta, yellow, black));
        Assert.Equal((8, 8), (image.Height, image.Width));
        for (var i = 0; i < 64; i++)
        {
            var pixel = Pixel(image, i / 8, i % 8);
            Assert.InRange(pixel.Red, red - 1, red + 1);
            Assert.InRange(pixel.Green, green - 1, green + 1);
            Assert.InRange(pixel.Blue, blue - 1, blue + 1);
        }
    }

    [Fact]
    public void StreamIsReadFromItsPosition()
    {
        using var stream = new MemoryStream([1, 2, 3, .. TestImages.Jpeg(8, 4)]);
        stream.Position = 3;
        Assert.Equal((4, 8), (ImageDecoder.Read(stream).Height, ImageDecoder.Read(Rewound(stream)).Width));

        static Stream Rewound(MemoryStream stream)
        {
            stream.Position = 3;
            return stream;
        }
    }

    [Fact]
    public void OtherColourTypesOfBitmaps_AreConverted()
    {
        using var quarters = TestImages.Quarters();
        using var bgra = quarters.Copy(SKColorType.Bgra8888);
        Assert.Equal(ImageDecoder.FromBitmap(quarters).Pixels, ImageDecoder.FromBitmap(bgra).Pixels);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    public void ALargeImage_IsReadRowByRow_WithTheSamePixels(SKEncodedImageFormat format)
    {
        // 1.1 million pixels, beyond which memory is saved; columns differ, so that a shifted row would show.
        using var bitmap = new SKBitmap(new SKImageInfo(1024, 1055, SKColorType.Gray8, SKAlphaType.Opaque));
        var span = bitmap.GetPixelSpan();
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = (byte)((i % 1024 / 8) + (i / 1024 / 9));
        }

        var image = Decode(TestImages.Encode(bitmap, format));
        Assert.Equal((1055, 1024), (image.Height, image.Width));
        for (var i = 0; i < span.Length; i += 997)
        {
            Assert.InRange(
                image.Pixels[i * 3],
                bitmap.GetPixelSpan()[i] - (format == SKEncodedImageFormat.Png ? 0 : 40),
                bitmap.GetPixelSpan()[i] + (format == SKEncodedImageFormat.Png ? 0 : 40)
            );
        }
    }

    private static RgbImage Decode(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return ImageDecoder.Read(stream);
    }

    private static (byte Red, byte Green, byte Blue) Pixel(RgbImage image, int y, int x)
    {
        var at = ((y * image.Width) + x) * 3;
        return (image.Pixels[at], image.Pixels[at + 1], image.Pixels[at + 2]);
    }

    private static char Letter(RgbImage image, int y, int x)
    {
        var (red, green, blue) = Pixel(image, y, x);
        return (red > 128, green > 128, blue > 128) switch
        {
            (true, false, false) => 'R',
            (false, true, false) => 'G',
            (false, false, true) => 'B',
            (true, true, true) => 'W',
            _ => '?',
        };
    }

    // PNG: colour type at byte 25, 0 for grey. JPEG: number of components behind the frame mark.
    private static int ChannelsOfPng(byte[] file) => file[25] == 0 ? 1 : 3;

    private static int ChannelsOfJpeg(byte[] file) => file[file.AsSpan().IndexOf<byte>([0xFF, 0xC0]) + 9];
}
