namespace DetectorDsl.Annotations;

/// <summary>A rectangle of whole pixels, cut out of an image; it may reach beyond the image.</summary>
/// <param name="X">Its first column; negative where it begins left of the image.</param>
/// <param name="Y">Its first row; negative where it begins above the image.</param>
/// <param name="Height">Rows, at least 0.</param>
/// <param name="Width">Columns, at least 0.</param>
public readonly record struct PixelWindow(int X, int Y, int Height, int Width)
{
    /// <summary>The part of the window that lies on an image.</summary>
    /// <param name="height">Height of the image.</param>
    /// <param name="width">Width of the image.</param>
    /// <returns>That part, in the image's pixels; without rows or columns where window and image do not meet.</returns>
    public PixelWindow Within(int height, int width)
    {
        var (left, top) = (Math.Max(0, X), Math.Max(0, Y));
        return new PixelWindow(left, top, Math.Max(0, Math.Min(height, Y + Height) - top), Math.Max(0, Math.Min(width, X + Width) - left));
    }

    /// <summary>The part of a box that lies in the window, in the window's pixels.</summary>
    /// <param name="box">A box in the image's pixels.</param>
    /// <returns>That part; its width or height is 0 where nothing of the box is inside.</returns>
    public Box Cut(Box box)
    {
        var (left, top) = (Math.Max(X, box.X), Math.Max(Y, box.Y));
        return new Box(left - X, top - Y, Math.Max(0, Math.Min(X + Width, box.X + box.Width) - left), Math.Max(0, Math.Min(Y + Height, box.Y + box.Height) - top));
    }
}
