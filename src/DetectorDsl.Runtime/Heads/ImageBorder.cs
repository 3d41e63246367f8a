namespace DetectorDsl.Runtime.Heads;

/// <summary>Limits boxes to an image.</summary>
internal static class ImageBorder
{
    /// <summary>Cuts a box off at the image's borders.</summary>
    public static void Limit(Span<float> box, int height, int width)
    {
        box[0] = Math.Clamp(box[0], 0, width);
        box[1] = Math.Clamp(box[1], 0, height);
        box[2] = Math.Clamp(box[2], 0, width);
        box[3] = Math.Clamp(box[3], 0, height);
    }
}
