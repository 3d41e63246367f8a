using DetectorDsl.Structures;

namespace DetectorDsl.Detection.Preparation;

/// <summary>Takes boxes from a copy of an image into the frame that all copies share, and back.</summary>
/// <param name="copy">Size of the copy.</param>
/// <param name="isFlipped">Whether it is mirrored.</param>
/// <param name="common">Size of the common frame.</param>
internal readonly struct CopyFrame(ImageShape copy, bool isFlipped, ImageShape common)
{
    private readonly double across = (double)common.Width / copy.Width;
    private readonly double down = (double)common.Height / copy.Height;
    private readonly double width = copy.Width;

    /// <summary>From the copy into the common frame, in place.</summary>
    /// <param name="box">x1, y1, x2, y2.</param>
    public void ToCommon(Span<float> box)
    {
        var (left, right) = isFlipped ? (width - box[2], width - box[0]) : (box[0], box[2]);
        (box[0], box[1], box[2], box[3]) = (
            (float)(left * across),
            (float)(box[1] * down),
            (float)(right * across),
            (float)(box[3] * down)
        );
    }

    /// <summary>From the common frame into the copy, in place.</summary>
    /// <param name="box">x1, y1, x2, y2.</param>
    public void FromCommon(Span<float> box)
    {
        var (left, right) = (box[0] / across, box[2] / across);
        (left, right) = isFlipped ? (width - right, width - left) : (left, right);
        (box[0], box[1], box[2], box[3]) = ((float)left, (float)(box[1] / down), (float)right, (float)(box[3] / down));
    }

    /// <summary>All boxes from the common frame into the copy.</summary>
    /// <param name="boxes">P x 4 numbers.</param>
    /// <returns>As many.</returns>
    public float[] AllFromCommon(float[] boxes)
    {
        var moved = (float[])boxes.Clone();
        for (var i = 0; i < moved.Length; i += 4)
        {
            FromCommon(moved.AsSpan(i, 4));
        }

        return moved;
    }

    /// <summary>All boxes from the copy into the common frame.</summary>
    /// <param name="boxes">P x 4 numbers.</param>
    /// <returns>As many.</returns>
    public float[] AllToCommon(float[] boxes)
    {
        var moved = (float[])boxes.Clone();
        for (var i = 0; i < moved.Length; i += 4)
        {
            ToCommon(moved.AsSpan(i, 4));
        }

        return moved;
    }
}
