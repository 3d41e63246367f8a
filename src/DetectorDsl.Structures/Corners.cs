using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DetectorDsl.Annotations;

namespace DetectorDsl.Structures;

/// <summary>A box by its corners, in pixels.</summary>
/// <typeparam name="T">Precision: <see cref="float" /> or <see cref="double" />.</typeparam>
/// <param name="X1">Left side.</param>
/// <param name="Y1">Upper side.</param>
/// <param name="X2">Right side.</param>
/// <param name="Y2">Lower side.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct Corners<T>(T X1, T Y1, T X2, T Y2)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>X2 - X1; negative where the sides are the wrong way round.</summary>
    public T Width => X2 - X1;

    /// <summary>Y2 - Y1; negative where the sides are the wrong way round.</summary>
    public T Height => Y2 - Y1;

    /// <summary>Width times height.</summary>
    public T Area => Width * Height;

    /// <summary>Whether all four numbers are finite.</summary>
    public bool IsFinite => T.IsFinite(X1 + Y1 + X2 + Y2);

    /// <summary>One of the numbers.</summary>
    /// <param name="index">0 to 3: x1, y1, x2, y2.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is another.</exception>
    public T this[int index] =>
        index switch
        {
            0 => X1,
            1 => Y1,
            2 => X2,
            3 => Y2,
            _ => throw new ArgumentOutOfRangeException(nameof(index), index, "A box has four numbers, 0 to 3."),
        };

    /// <summary>The box in another precision, rounded or widened.</summary>
    /// <typeparam name="TOther">That precision.</typeparam>
    /// <returns>The box.</returns>
    public Corners<TOther> To<TOther>()
        where TOther : unmanaged, IBinaryFloatingPointIeee754<TOther> =>
        new(TOther.CreateTruncating(X1), TOther.CreateTruncating(Y1), TOther.CreateTruncating(X2), TOther.CreateTruncating(Y2));

    /// <summary>The box as annotation and result files state it.</summary>
    /// <returns>Left, top, width and height, in double precision.</returns>
    public Box ToBox()
    {
        var exact = To<double>();
        return new Box(exact.X1, exact.Y1, exact.Width, exact.Height);
    }

    /// <summary>The part within an image.</summary>
    /// <param name="height">Height of the image.</param>
    /// <param name="width">Width of the image.</param>
    /// <returns>The box, of no area where it lies outside.</returns>
    public Corners<T> Clip(int height, int width)
    {
        var (right, bottom) = (T.CreateTruncating(width), T.CreateTruncating(height));
        return new(T.Clamp(X1, T.Zero, right), T.Clamp(Y1, T.Zero, bottom), T.Clamp(X2, T.Zero, right), T.Clamp(Y2, T.Zero, bottom));
    }

    /// <summary>The box in the image mirrored left to right.</summary>
    /// <param name="width">Width of the image.</param>
    /// <returns>The box.</returns>
    public Corners<T> Flip(T width) => new(width - X2, Y1, width - X1, Y2);

    /// <summary>The box in the image resized.</summary>
    /// <param name="across">Factor of the width.</param>
    /// <param name="down">Factor of the height.</param>
    /// <returns>The box.</returns>
    public Corners<T> Scale(T across, T down) => new(X1 * across, Y1 * down, X2 * across, Y2 * down);

    /// <summary>Area that two boxes share.</summary>
    /// <param name="other">The other box.</param>
    /// <returns>The area; 0 where they share none, or a number is undefined.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Intersection(Corners<T> other)
    {
        var width = T.Min(X2, other.X2) - T.Max(X1, other.X1);
        var height = T.Min(Y2, other.Y2) - T.Max(Y1, other.Y1);
        return width > T.Zero && height > T.Zero ? width * height : T.Zero;
    }

    /// <summary>Intersection over union.</summary>
    /// <param name="other">The other box.</param>
    /// <returns>0 to 1; 0 where they share no area.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Iou(Corners<T> other)
    {
        var intersection = Intersection(other);
        return intersection > T.Zero ? intersection / (Area + other.Area - intersection) : T.Zero;
    }

    /// <summary>Intersection over union, the union being at least a given area.</summary>
    /// <param name="other">The other box.</param>
    /// <param name="leastUnion">That area, above 0.</param>
    /// <returns>0 to 1.</returns>
    public T Iou(Corners<T> other, T leastUnion)
    {
        var intersection = Intersection(other);
        return intersection / T.Max(leastUnion, Area + other.Area - intersection);
    }
}

/// <summary>Boxes by their corners.</summary>
public static class Corners
{
    /// <summary>The corners of a box of an annotation or result file.</summary>
    /// <param name="box">The box.</param>
    /// <returns>The box in double precision.</returns>
    public static Corners<double> Of(Box box) => new(box.X, box.Y, box.X + box.Width, box.Y + box.Height);
}
