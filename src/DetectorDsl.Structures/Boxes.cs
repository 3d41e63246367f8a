using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DetectorDsl.Structures;

/// <summary>Boxes on the host, by their corners, in the precision of the network that they are for: single or double. They never change.</summary>
/// <remarks>
/// A collection expression of four numbers a box makes boxes in single precision; walking along boxes gives these numbers, rounded to it.
/// </remarks>
[CollectionBuilder(typeof(Boxes), nameof(Single))]
public sealed class Boxes : IEnumerable<float>
{
    private readonly Corners<float>[]? single;
    private readonly Corners<double>[]? exact;

    private Boxes(Corners<float>[]? single, Corners<double>[]? exact) => (this.single, this.exact) = (single, exact);

    /// <summary>Number of boxes.</summary>
    public int Count => single?.Length ?? exact!.Length;

    /// <summary>Whether the numbers are in double precision.</summary>
    public bool AreDouble => exact is not null;

    /// <summary>A box, widened to double precision where it is in single.</summary>
    /// <param name="index">0 to Count - 1.</param>
    public Corners<double> this[int index] => exact is not null ? exact[index] : single![index].To<double>();

    /// <summary>Boxes in single precision.</summary>
    /// <param name="numbers">Four numbers each; copied.</param>
    public static implicit operator Boxes(float[] numbers) => FromNumbers<float>(numbers);

    /// <summary>Boxes in double precision.</summary>
    /// <param name="numbers">Four numbers each; copied.</param>
    public static implicit operator Boxes(double[] numbers) => FromNumbers<double>(numbers);

    /// <summary>Boxes in the precision of their corners.</summary>
    /// <typeparam name="T"><see cref="float" /> or <see cref="double" />.</typeparam>
    /// <param name="corners">The boxes; not copied, and not to be changed any more.</param>
    /// <returns>The boxes.</returns>
    /// <exception cref="ArgumentException">The numbers are of another type.</exception>
    public static Boxes Of<T>(Corners<T>[] corners)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(corners);
        return corners switch
        {
            Corners<float>[] single => new Boxes(single, null),
            Corners<double>[] exact => new Boxes(null, exact),
            _ => throw new ArgumentException($"Boxes are of single or double precision, not {typeof(T)}.", nameof(corners)),
        };
    }

    /// <summary>Boxes in the precision of their numbers.</summary>
    /// <typeparam name="T"><see cref="float" /> or <see cref="double" />.</typeparam>
    /// <param name="numbers">Four numbers each (x1, y1, x2, y2); copied.</param>
    /// <returns>The boxes.</returns>
    /// <exception cref="ArgumentException">The numbers are of another type, or no multiple of four.</exception>
    public static Boxes FromNumbers<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        numbers.Length % 4 == 0
            ? Of(MemoryMarshal.Cast<T, Corners<T>>(numbers).ToArray())
            : throw new ArgumentException($"Boxes have four numbers each, and there are {numbers.Length}.", nameof(numbers));

    /// <summary>Boxes in single precision.</summary>
    /// <param name="numbers">Four numbers each (x1, y1, x2, y2); copied.</param>
    /// <returns>The boxes.</returns>
    /// <exception cref="ArgumentException">The numbers are no multiple of four.</exception>
    public static Boxes Single(ReadOnlySpan<float> numbers) => FromNumbers(numbers);

    /// <summary>Boxes one after the other.</summary>
    /// <param name="parts">The boxes; a single part is returned itself.</param>
    /// <returns>All of them, in double precision where a part is.</returns>
    public static Boxes Concat(IReadOnlyList<Boxes> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return parts.Count == 1 ? parts[0]
            : AnyDouble(parts) ? Concat<double>(parts)
            : Concat<float>(parts);
    }

    /// <summary>Whether some of the boxes are in double precision.</summary>
    /// <param name="parts">The boxes.</param>
    /// <returns>Whether a part is.</returns>
    public static bool AnyDouble(IEnumerable<Boxes> parts) => parts.Any(part => part.AreDouble);

    /// <summary>The boxes in a precision.</summary>
    /// <typeparam name="T">The precision: <see cref="float" /> or <see cref="double" />.</typeparam>
    /// <returns>The boxes: their own memory where it is of that precision, else a copy, rounded or widened.</returns>
    public ReadOnlySpan<Corners<T>> In<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        (object?)single is Corners<T>[] own ? own
        : (object?)exact is Corners<T>[] same ? same
        : single is not null ? Array.ConvertAll(single, static box => box.To<T>())
        : Array.ConvertAll(exact!, static box => box.To<T>());

    /// <summary>The same boxes in a precision.</summary>
    /// <typeparam name="T">The precision: <see cref="float" /> or <see cref="double" />.</typeparam>
    /// <returns>These boxes themselves where they are of that precision, else others, rounded or widened.</returns>
    public Boxes To<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => AreDouble == (typeof(T) == typeof(double)) ? this : Of(In<T>().ToArray());

    /// <summary>The numbers in a precision.</summary>
    /// <typeparam name="T">The precision: <see cref="float" /> or <see cref="double" />.</typeparam>
    /// <returns>Four numbers for each box: x1, y1, x2, y2.</returns>
    public ReadOnlySpan<T> Numbers<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => MemoryMarshal.Cast<Corners<T>, T>(In<T>());

    /// <summary>Boxes that lie one after the other.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <returns>Those boxes, in the same precision.</returns>
    public Boxes Slice(int first, int count) =>
        single is not null ? Of(single.AsSpan(first, count).ToArray()) : Of(exact!.AsSpan(first, count).ToArray());

    /// <summary>Chosen boxes, or groups of them.</summary>
    /// <param name="rows">Which.</param>
    /// <param name="groupSize">Boxes that make a row.</param>
    /// <returns>Those boxes in the order of the rows, in the same precision.</returns>
    public Boxes Select(ReadOnlySpan<int> rows, int groupSize = 1) =>
        single is not null ? Of(Select(single, rows, groupSize)) : Of(Select(exact!, rows, groupSize));

    /// <summary>The boxes in the image resized.</summary>
    /// <param name="across">Factor of the width.</param>
    /// <param name="down">Factor of the height.</param>
    /// <returns>As many boxes, in the same precision.</returns>
    public Boxes Scale(double across, double down) =>
        single is not null
            ? Of(Array.ConvertAll(single, box => box.Scale((float)across, (float)down)))
            : Of(Array.ConvertAll(exact!, box => box.Scale(across, down)));

    /// <inheritdoc />
    public IEnumerator<float> GetEnumerator() => ((IEnumerable<float>)Numbers<float>().ToArray()).GetEnumerator();

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static Boxes Concat<T>(IReadOnlyList<Boxes> parts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var all = new Corners<T>[parts.Sum(part => part.Count)];
        var next = 0;
        foreach (var part in parts)
        {
            part.In<T>().CopyTo(all.AsSpan(next));
            next += part.Count;
        }

        return Of(all);
    }

    private static Corners<T>[] Select<T>(Corners<T>[] boxes, ReadOnlySpan<int> rows, int groupSize)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var chosen = new Corners<T>[rows.Length * groupSize];
        for (var i = 0; i < rows.Length; i++)
        {
            boxes.AsSpan(rows[i] * groupSize, groupSize).CopyTo(chosen.AsSpan(i * groupSize));
        }

        return chosen;
    }
}
