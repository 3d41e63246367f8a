using System.Numerics;

namespace DetectorDsl.Detection.BoxCoding;

/// <summary>Limits boxes to an image.</summary>
internal static class ImageBorder
{
    /// <summary>Cuts a box off at the image's borders.</summary>
    public static void Limit<T>(Span<T> box, int height, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (right, bottom) = (T.CreateTruncating(width), T.CreateTruncating(height));
        box[0] = T.Clamp(box[0], T.Zero, right);
        box[1] = T.Clamp(box[1], T.Zero, bottom);
        box[2] = T.Clamp(box[2], T.Zero, right);
        box[3] = T.Clamp(box[3], T.Zero, bottom);
    }
}
