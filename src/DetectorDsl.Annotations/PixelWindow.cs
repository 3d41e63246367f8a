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
        var (rows, columns) = (Math.Min(height, Y + Height) - top, Math.Min(width, X + Width) - left);
        return rows > 0 && columns > 0 ? new PixelWindow(left, top, rows, columns) : new PixelWindow(left, top, 0, 0);
    }

    /// <summary>Whether all of a box lies in the window.</summary>
    /// <param name="box">A box in the image's pixels.</param>
    /// <returns>True if so.</returns>
    public bool Contains(Box box) => box.X >= X && box.Y >= Y && box.X + box.Width <= X + Width && box.Y + box.Height <= Y + Height;

    /// <summary>The part of a box that can be seen, in the window's pixels.</summary>
    /// <param name="box">A box in the image's pixels.</param>
    /// <param name="seen">What can be seen, in the image's pixels: the window itself, or the part of it that lies on the image.</param>
    /// <returns>That part; its width or height is 0 where nothing of the box is inside, and both stay to the bit where all is.</returns>
    public Box Cut(Box box, PixelWindow seen)
    {
        if (seen.Contains(box))
        {
            return box with { X = box.X - X, Y = box.Y - Y };
        }

        var (left, top) = (Math.Max(seen.X, box.X), Math.Max(seen.Y, box.Y));
        var (right, bottom) = (Math.Min(seen.X + seen.Width, box.X + box.Width), Math.Min(seen.Y + seen.Height, box.Y + box.Height));
        return new Box(left - X, top - Y, Math.Max(0, right - left), Math.Max(0, bottom - top));
    }
}
