namespace DetectorDsl.Data.Rendering;

/// <summary>An object's pixels on the image, fewer with every object that is put in front of it.</summary>
internal sealed class ObjectLayer
{
    private readonly byte[] visible;
    private readonly int size;

    /// <param name="pixels">size x size, 0 or 1; taken over.</param>
    /// <param name="size">Side of the image.</param>
    public ObjectLayer(byte[] pixels, int size)
    {
        (visible, this.size) = (pixels, size);
        (Left, Top, Right, Bottom) = (size, size, -1, -1);
        for (var i = 0; i < pixels.Length; i++)
        {
            if (pixels[i] != 0)
            {
                WholeArea++;
                var (y, x) = Math.DivRem(i, size);
                (Left, Top, Right, Bottom) = (Math.Min(Left, x), Math.Min(Top, y), Math.Max(Right, x), Math.Max(Bottom, y));
            }
        }

        VisibleArea = WholeArea;
    }

    /// <summary>size x size, row by row, 0 or 1.</summary>
    public ReadOnlySpan<byte> Visible => visible;

    /// <summary>Pixels on the image before anything hid them.</summary>
    public int WholeArea { get; }

    /// <summary>Pixels that are seen.</summary>
    public int VisibleArea { get; private set; }

    // The pixels' bounds, included; without them every pair of objects would cost a pass over the whole image.
    private int Left { get; }

    private int Top { get; }

    private int Right { get; }

    private int Bottom { get; }

    /// <summary>Share of the whole object that would be hidden with one more object in front; 0 where that one does not touch it.</summary>
    public double HiddenShareBehind(ObjectLayer front)
    {
        var common = Common(front, take: false);
        return common == 0 ? 0 : 1 - ((double)(VisibleArea - common) / WholeArea);
    }

    /// <summary>Hides what the other object covers.</summary>
    public void PutBehind(ObjectLayer front) => VisibleArea -= Common(front, take: true);

    private int Common(ObjectLayer front, bool take)
    {
        var common = 0;
        var (first, last) = (Math.Max(Left, front.Left), Math.Min(Right, front.Right));
        for (var y = Math.Max(Top, front.Top); y <= Math.Min(Bottom, front.Bottom); y++)
        {
            for (var i = (y * size) + first; i <= (y * size) + last; i++)
            {
                var both = (byte)(visible[i] & front.visible[i]);
                common += both;
                if (take)
                {
                    visible[i] -= both;
                }
            }
        }

        return common;
    }
}
