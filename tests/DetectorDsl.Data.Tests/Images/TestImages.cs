using SkiaSharp;

namespace DetectorDsl.Data.Tests.Images;

/// <summary>Images made on the spot.</summary>
internal static class TestImages
{
    public static SKColor[] Corners { get; } = [SKColors.Red, new SKColor(0, 255, 0), SKColors.Blue, SKColors.White];

    /// <summary>48 x 32 pixels: red above left, green above right, blue below left, white below right.</summary>
    public static SKBitmap Quarters()
    {
        var bitmap = new SKBitmap(new SKImageInfo(48, 32, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (var y = 0; y < 32; y++)
        {
            for (var x = 0; x < 48; x++)
            {
                bitmap.SetPixel(x, y, Corners[(y < 16 ? 0 : 2) + (x < 24 ? 0 : 1)]);
            }
        }

        return bitmap;
    }

    public static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format, int quality = 100)
    {
        using var data = bitmap.Encode(format, quality);
        return data.ToArray();
    }

    /// <summary>A JPEG of one colour.</summary>
    public static byte[] Jpeg(int width, int height, SKColor? colour = null)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(colour ?? SKColors.Gray);
        return Encode(bitmap, SKEncodedImageFormat.Jpeg);
    }

    /// <summary>A PNG of one colour.</summary>
    public static byte[] Png(int width, int height, SKColor? colour = null)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(colour ?? SKColors.Gray);
        return Encode(bitmap, SKEncodedImageFormat.Png);
    }

    /// <summary>Puts an EXIF segment with the orientation behind the start mark of a JPEG.</summary>
    public static byte[] WithOrientation(byte[] jpeg, int orientation)
    {
        byte[] segment =
        [
            0xFF,
            0xE1,
            0x00,
            0x22, // APP1, 34 bytes with the length itself
            (byte)'E',
            (byte)'x',
            (byte)'i',
            (byte)'f',
            0,
            0,
            (byte)'M',
            (byte)'M',
            0x00,
            0x2A,
            0x00,
            0x00,
            0x00,
            0x08, // TIFF, most significant byte first, directory at 8
            0x00,
            0x01, // one entry
            0x01,
            0x12,
            0x00,
            0x03,
            0x00,
            0x00,
            0x00,
            0x01,
            0x00,
            (byte)orientation,
            0x00,
            0x00,
            0x00,
            0x00,
            0x00,
            0x00, // no further directory
        ];
        return [.. jpeg[..2], .. segment, .. jpeg[2..]];
    }
}
