using DetectorDsl.Structures;

namespace DetectorDsl.Torch.Operators;

/// <summary>Brings the small square mask of a detection onto its image.</summary>
public static class MaskPasting
{
    /// <summary>Samples the mask bilinearly at the centre of every pixel of the box; beyond the mask it is 0.</summary>
    /// <remarks>Source: mmdetection, fcn_mask_head.py, _do_paste_mask.</remarks>
    /// <param name="probabilities">s x s, 0 to 1.</param>
    /// <param name="size">s.</param>
    /// <param name="box">The detection's box in pixels of the image.</param>
    /// <param name="imageHeight">Height of the image.</param>
    /// <param name="imageWidth">Width of the image.</param>
    /// <returns>The box's part of the image.</returns>
    public static PastedRegion Paste(ReadOnlySpan<float> probabilities, int size, Corners<float> box, int imageHeight, int imageWidth)
    {
        var (left, top) = (Math.Max(0, (int)MathF.Floor(box.X1)), Math.Max(0, (int)MathF.Floor(box.Y1)));
        var (right, bottom) = (Math.Min(imageWidth, (int)MathF.Ceiling(box.X2)), Math.Min(imageHeight, (int)MathF.Ceiling(box.Y2)));
        var (width, height) = (Math.Max(0, right - left), Math.Max(0, bottom - top));
        var columns = Taps(left, width, box.X1, box.X2, size);
        var rows = Taps(top, height, box.Y1, box.Y2, size);
        return new PastedRegion(left, top, width, height, Interpolate(probabilities, size, rows, columns));
    }

    /// <summary>
    /// torchvision's form: the mask gets a border of one zero, the box is widened accordingly about its centre and cut to whole pixels, the mask
    /// is resized to it.
    /// </summary>
    /// <remarks>Source: torchvision, models/detection/roi_heads.py, paste_masks_in_image.</remarks>
    /// <param name="probabilities">s x s, 0 to 1.</param>
    /// <param name="size">s.</param>
    /// <param name="box">The detection's box in pixels of the image.</param>
    /// <param name="imageHeight">Height of the image.</param>
    /// <param name="imageWidth">Width of the image.</param>
    /// <returns>The widened box's part of the image.</returns>
    public static PastedRegion PasteWidened(
        ReadOnlySpan<float> probabilities,
        int size,
        Corners<float> box,
        int imageHeight,
        int imageWidth
    )
    {
        var padded = new float[(size + 2) * (size + 2)];
        for (var y = 0; y < size; y++)
        {
            probabilities.Slice(y * size, size).CopyTo(padded.AsSpan(((y + 1) * (size + 2)) + 1));
        }

        var widening = (float)(size + 2) / size;
        var (centreX, centreY) = ((box.X2 + box.X1) * 0.5f, (box.Y2 + box.Y1) * 0.5f);
        var (halfWidth, halfHeight) = (box.Width * 0.5f * widening, box.Height * 0.5f * widening);
        var (x1, y1, x2, y2) = (
            (int)(centreX - halfWidth),
            (int)(centreY - halfHeight),
            (int)(centreX + halfWidth),
            (int)(centreY + halfHeight)
        );
        var (boxWidth, boxHeight) = (Math.Max(1, x2 - x1 + 1), Math.Max(1, y2 - y1 + 1));
        var (left, top) = (Math.Max(0, x1), Math.Max(0, y1));
        var (width, height) = (Math.Max(0, Math.Min(imageWidth, x2 + 1) - left), Math.Max(0, Math.Min(imageHeight, y2 + 1) - top));
        var columns = ResizeTaps(left - x1, width, boxWidth, size + 2);
        var rows = ResizeTaps(top - y1, height, boxHeight, size + 2);
        return new PastedRegion(left, top, width, height, Interpolate(padded, size + 2, rows, columns));
    }

    private static (int First, float Share)[] Taps(int start, int count, float low, float high, int size)
    {
        var taps = new (int, float)[count];
        for (var i = 0; i < count; i++)
        {
            var position = ((start + i + 0.5f - low) / (high - low) * size) - 0.5f;
            var first = MathF.Floor(position);
            taps[i] = ((int)Math.Clamp(first, -2, size + 1), position - first);
        }

        return taps;
    }

    private static (int First, float Share)[] ResizeTaps(int start, int count, int target, int size)
    {
        var scale = (float)size / target;
        var taps = new (int, float)[count];
        for (var i = 0; i < count; i++)
        {
            var position = MathF.Max(0, ((start + i + 0.5f) * scale) - 0.5f);
            var first = Math.Min((int)position, size - 1);
            taps[i] = first == size - 1 ? (size - 2, 1) : (first, position - first);
        }

        return taps;
    }

    private static float[] Interpolate(
        ReadOnlySpan<float> values,
        int size,
        (int First, float Share)[] rows,
        (int First, float Share)[] columns
    )
    {
        var result = new float[rows.Length * columns.Length];
        for (var y = 0; y < rows.Length; y++)
        {
            var (top, shareY) = rows[y];
            for (var x = 0; x < columns.Length; x++)
            {
                var (left, shareX) = columns[x];
                var above = ((1 - shareX) * At(values, size, top, left)) + (shareX * At(values, size, top, left + 1));
                var below = ((1 - shareX) * At(values, size, top + 1, left)) + (shareX * At(values, size, top + 1, left + 1));
                result[(y * columns.Length) + x] = ((1 - shareY) * above) + (shareY * below);
            }
        }

        return result;
    }

    private static float At(ReadOnlySpan<float> values, int size, int y, int x) =>
        (uint)y < (uint)size && (uint)x < (uint)size ? values[(y * size) + x] : 0;
}
