using System.Collections.Immutable;

namespace DetectorDsl.Annotations;

/// <summary>
/// A binary mask as lengths of alternating runs of 0 and 1, down the columns, beginning with zeros: COCO's form.
/// </summary>
/// <remarks>Rules (rasterisation, compressed text, overlaps) are those of pycocotools, common/maskApi.c, to the bit.</remarks>
public sealed partial class RleMask : IEquatable<RleMask>
{
    private readonly uint[] runs;

    private RleMask(int height, int width, uint[] runs)
    {
        Height = height;
        Width = width;
        this.runs = runs;
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>The run lengths; the first counts zeros.</summary>
    public ReadOnlySpan<uint> Runs => runs;

    /// <summary>Number of ones.</summary>
    public long Area
    {
        get
        {
            var area = 0L;
            for (var i = 1; i < runs.Length; i += 2)
            {
                area += runs[i];
            }

            return area;
        }
    }

    /// <summary>The smallest box around the ones; all zero for an empty mask.</summary>
    public Box Bounds
    {
        get
        {
            if (Height == 0)
            {
                return default;
            }

            int left = Width,
                top = Height,
                right = -1,
                bottom = -1,
                column = 0,
                row = 0;
            for (var i = 0; i < runs.Length; i++)
            {
                var end = row + (int)runs[i];
                if (i % 2 == 1 && runs[i] > 0)
                {
                    left = Math.Min(left, column);
                    right = column + ((end - 1) / Height);
                    (top, bottom) = end <= Height ? (Math.Min(top, row), Math.Max(bottom, end - 1)) : (0, Height - 1);
                }

                (column, row) =
                    end < Height ? (column, end)
                    : end < 2L * Height ? (column + 1, end - Height)
                    : (column + (end / Height), end % Height);
            }

            return right < 0 ? default : new Box(left, top, right - left + 1, bottom - top + 1);
        }
    }

    /// <summary>A mask of given runs.</summary>
    /// <param name="height">Rows, at least 0.</param>
    /// <param name="width">Columns, at least 0.</param>
    /// <param name="runs">Run lengths, beginning with zeros; their sum is the number of pixels.</param>
    /// <returns>The mask.</returns>
    /// <exception cref="AnnotationException">The runs do not add up to height x width, or to more than 2,147,483,647.</exception>
    public static RleMask FromRuns(int height, int width, ReadOnlySpan<uint> runs)
    {
        CheckRuns(height, width, runs);
        return new RleMask(height, width, runs.IsEmpty ? [0] : runs.ToArray());
    }

    /// <summary>Checks that runs make a mask of a size.</summary>
    /// <param name="height">Rows, at least 0.</param>
    /// <param name="width">Columns, at least 0.</param>
    /// <param name="runs">Run lengths.</param>
    /// <exception cref="AnnotationException">They do not add up to height x width, or to more than 2,147,483,647.</exception>
    public static void CheckRuns(int height, int width, ReadOnlySpan<uint> runs)
    {
        var total = 0L;
        foreach (var run in runs)
        {
            total += run;
        }

        if (height < 0 || width < 0 || total != (long)height * width)
        {
            throw new AnnotationException($"The runs of a mask add up to {total} pixels, not to {height} x {width}.");
        }

        if (total > int.MaxValue)
        {
            throw new AnnotationException($"A mask of {height} x {width} is larger than any that is supported (2,147,483,647 pixels).");
        }
    }

    /// <summary>A mask from pixels.</summary>
    /// <param name="pixels">Height x Width, row by row; anything but 0 counts as 1.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <returns>The mask.</returns>
    public static RleMask FromBitmap(ReadOnlySpan<byte> pixels, int height, int width)
    {
        var runs = new List<uint>();
        var length = 0u;
        var current = false;
        for (var x = 0; x < width; x++)
        {
            for (var y = 0; y < height; y++)
            {
                var pixel = pixels[(y * width) + x] != 0;
                if (pixel != current)
                {
                    runs.Add(length);
                    length = 0;
                    current = pixel;
                }

                length++;
            }
        }

        runs.Add(length);
        return new RleMask(height, width, [.. runs]);
    }

    /// <summary>The pixels of the mask.</summary>
    /// <returns>Height x Width, row by row, 0 or 1.</returns>
    public byte[] ToBitmap()
    {
        var pixels = new byte[Height * Width];
        Draw(pixels, Width);
        return pixels;
    }

    /// <summary>Writes ones into a bitmap.</summary>
    /// <param name="pixels">At least Height rows of <paramref name="stride" /> bytes, row by row; other pixels stay as they are.</param>
    /// <param name="stride">Bytes from one row to the next; at least Width.</param>
    public void Draw(Span<byte> pixels, int stride)
    {
        long position = 0;
        for (var i = 0; i < runs.Length; i++)
        {
            if (i % 2 == 1)
            {
                for (var p = position; p < position + runs[i]; p++)
                {
                    pixels[(int)(((p % Height) * stride) + (p / Height))] = 1;
                }
            }

            position += runs[i];
        }
    }

    /// <summary>The mask mirrored left and right.</summary>
    /// <returns>The mirrored mask.</returns>
    public RleMask FlipHorizontally()
    {
        var pixels = ToBitmap();
        for (var y = 0; y < Height; y++)
        {
            pixels.AsSpan(y * Width, Width).Reverse();
        }

        return FromBitmap(pixels, Height, Width);
    }

    /// <inheritdoc />
    public bool Equals(RleMask? other) =>
        other is not null && Height == other.Height && Width == other.Width && Runs.SequenceEqual(other.Runs);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as RleMask);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Height);
        hash.Add(Width);
        foreach (var run in runs)
        {
            hash.Add(run);
        }

        return hash.ToHashCode();
    }
}
