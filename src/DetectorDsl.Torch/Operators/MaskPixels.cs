using DetectorDsl.Annotations;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>The masks of an image, in whatever form, of which windows are looked at.</summary>
internal abstract class MaskPixels
{
    /// <summary>Number of masks.</summary>
    public abstract long Count { get; }

    /// <summary>The pixels of a window of a mask, on several threads at once.</summary>
    /// <param name="item">Which mask.</param>
    /// <param name="window">The window, within the mask.</param>
    /// <param name="scratch">Memory that may be used for it; what it held before is lost.</param>
    public abstract MaskView Look(int item, PixelWindow window, PinnedBytes scratch);

    /// <summary>Rows of a mask.</summary>
    /// <param name="item">Which mask.</param>
    public abstract int Height(int item);

    /// <summary>Columns of a mask.</summary>
    /// <param name="item">Which mask.</param>
    public abstract int Width(int item);
}

/// <summary>Bytes, 0 or 1, of a mask: that of row y and column x of the mask lies at y x <paramref name="Down" /> + x x <paramref name="Across" /> from the origin.</summary>
/// <param name="Origin">Where the mask's first pixel lies or would lie.</param>
/// <param name="Down">Bytes from a row to the next.</param>
/// <param name="Across">Bytes from a column to the next.</param>
internal readonly unsafe record struct MaskView(nint Origin, long Down, long Across)
{
    public byte this[int y, int x] => *((byte*)Origin + (y * Down) + (x * Across));
}

/// <summary>Masks drawn one after the other, G x H x W bytes on the host, which stay alive while they are looked at.</summary>
internal sealed class DrawnMasks(Tensor masks) : MaskPixels
{
    private readonly long count = masks.shape[0];
    private readonly int height = (int)masks.shape[1];
    private readonly int width = (int)masks.shape[2];
    private readonly nint first = FirstOf(masks);

    public override long Count => count;

    public override MaskView Look(int item, PixelWindow window, PinnedBytes scratch) =>
        new(first + (nint)((long)item * height * width), width, 1);

    public override int Height(int item) => height;

    public override int Width(int item) => width;

    private static unsafe nint FirstOf(Tensor masks) => (nint)CpuMemory.Pointer<byte>(masks);
}

/// <summary>Masks as runs down the columns, of which the window is drawn, column after column.</summary>
internal sealed class RunLengthMasks(IReadOnlyList<RleMask> masks) : MaskPixels
{
    public override long Count => masks.Count;

    public override MaskView Look(int item, PixelWindow window, PinnedBytes scratch)
    {
        masks[item].DrawColumns(window, scratch.Take(window.Height * window.Width));
        return new MaskView(scratch.Address - (nint)(((long)window.X * window.Height) + window.Y), 1, window.Height);
    }

    public override int Height(int item) => masks[item].Height;

    public override int Width(int item) => masks[item].Width;
}

/// <summary>Memory of one thread that does not move.</summary>
internal sealed unsafe class PinnedBytes
{
    private byte[] bytes = [];

    /// <summary>Where it lies.</summary>
    public nint Address =>
        (nint)
            System.Runtime.CompilerServices.Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(bytes));

    /// <summary>So much of it, holding anything.</summary>
    public Span<byte> Take(int length)
    {
        if (bytes.Length < length)
        {
            bytes = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        }

        return bytes.AsSpan(0, length);
    }
}
