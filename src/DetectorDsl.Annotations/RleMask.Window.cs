namespace DetectorDsl.Annotations;

/// <content>Parts of masks.</content>
public sealed partial class RleMask
{
    /// <summary>The part of the mask in a window, by run arithmetic; beyond the mask there are zeros.</summary>
    /// <param name="window">The window, in the mask's pixels.</param>
    /// <returns>A mask of the window's size.</returns>
    public RleMask Crop(PixelWindow window)
    {
        var cropped = new List<uint>();
        var (start, end) = (0L, 0L);
        var position = 0L;
        for (var i = 0; i < runs.Length; position += runs[i++])
        {
            for (var (ones, last) = (position, position + runs[i]); i % 2 == 1 && ones < last; )
            {
                var column = ones / Height;
                var bottom = Math.Min(last, (column + 1) * Height);
                Add(column - window.X, ones - (column * Height) - window.Y, bottom - (column * Height) - window.Y);
                ones = bottom;
            }
        }

        Close();
        var rest = ((long)window.Height * window.Width) - end;
        if (rest > 0 || cropped.Count == 0)
        {
            cropped.Add((uint)rest);
        }

        return new RleMask(window.Height, window.Width, [.. cropped]);

        // Rows of one column of the window; those that follow the ones before without a gap prolong them.
        void Add(long column, long top, long bottom)
        {
            (top, bottom) = (Math.Max(0, top), Math.Min(window.Height, bottom));
            if (column < 0 || column >= window.Width || top >= bottom)
            {
                return;
            }

            var first = (column * window.Height) + top;
            if (first != end || start == end)
            {
                Close();
                cropped.Add((uint)(first - end));
                start = first;
            }

            end = (column * window.Height) + bottom;
        }

        void Close()
        {
            if (end > start)
            {
                cropped.Add((uint)(end - start));
                start = end;
            }
        }
    }

    /// <summary>Draws the part of the mask in a window; beyond the mask there are zeros.</summary>
    /// <param name="window">The window, in the mask's pixels.</param>
    /// <param name="pixels">Set to 0 or 1: the window's pixels, column after column.</param>
    public void DrawColumns(PixelWindow window, Span<byte> pixels)
    {
        pixels.Clear();
        var (position, end) = (0L, ((long)window.X + window.Width) * Height);
        for (var i = 0; i < runs.Length && position < end; position += runs[i++])
        {
            for (var (ones, last) = (position, position + runs[i]); i % 2 == 1 && ones < last; )
            {
                var column = ones / Height;
                var bottom = Math.Min(last, (column + 1) * Height);
                if (column >= window.X && column - window.X < window.Width)
                {
                    var top = Math.Max(0, ones - (column * Height) - window.Y);
                    var under = Math.Min(window.Height, bottom - (column * Height) - window.Y);
                    if (top < under)
                    {
                        pixels.Slice((int)(((column - window.X) * window.Height) + top), (int)(under - top)).Fill(1);
                    }
                }

                ones = bottom;
            }
        }
    }

    /// <summary>The pixels of this mask that another does not have.</summary>
    /// <param name="other">A mask of the same size.</param>
    /// <returns>The difference.</returns>
    /// <exception cref="AnnotationException">The sizes differ.</exception>
    public RleMask Without(RleMask other)
    {
        ArgumentNullException.ThrowIfNull(other);
        uint[] complement = other.runs[0] == 0 ? other.runs[1..] : [0, .. other.runs];
        return Merge(this, new RleMask(other.Height, other.Width, complement), intersect: true);
    }
}
