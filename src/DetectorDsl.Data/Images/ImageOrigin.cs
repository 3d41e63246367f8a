using SkiaSharp;

namespace DetectorDsl.Data.Images;

/// <summary>EXIF's orientation: which corner of the upright picture the stored one begins at, and in which direction.</summary>
internal static class ImageOrigin
{
    /// <summary>Whether rows become columns.</summary>
    public static bool Swaps(SKEncodedOrigin origin) => origin >= SKEncodedOrigin.LeftTop;

    /// <summary>The picture turned upright.</summary>
    public static RgbImage Turn(RgbImage image, SKEncodedOrigin origin)
    {
        if (origin == SKEncodedOrigin.TopLeft)
        {
            return image;
        }

        // Of the stored picture: whether its first row is the upright one's last row (or column), and its first column likewise.
        var fromEnd = (
            Row: origin
                is SKEncodedOrigin.BottomRight
                    or SKEncodedOrigin.BottomLeft
                    or SKEncodedOrigin.RightTop
                    or SKEncodedOrigin.RightBottom,
            Column: origin
                is SKEncodedOrigin.TopRight
                    or SKEncodedOrigin.BottomRight
                    or SKEncodedOrigin.RightBottom
                    or SKEncodedOrigin.LeftBottom
        );
        var (height, width) = Swaps(origin) ? (image.Width, image.Height) : (image.Height, image.Width);
        var (rowStep, columnStep) = Swaps(origin) ? (1, width) : (width, 1);
        var target = new byte[image.Pixels.Length];
        for (var y = 0; y < image.Height; y++)
        {
            var place = ((fromEnd.Row ? image.Height - 1 - y : y) * rowStep) + (fromEnd.Column ? (image.Width - 1) * columnStep : 0);
            var step = fromEnd.Column ? -columnStep : columnStep;
            var source = image.Pixels.AsSpan(y * image.Width * 3, image.Width * 3);
            for (; !source.IsEmpty; source = source[3..], place += step)
            {
                source[..3].CopyTo(target.AsSpan(place * 3));
            }
        }

        return new RgbImage(height, width, target);
    }
}
