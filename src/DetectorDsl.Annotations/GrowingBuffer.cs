namespace DetectorDsl.Annotations;

/// <summary>A reusable array that grows.</summary>
/// <remarks>Unlike a list of the framework's, one of numbers or of small values belongs to the assembly that uses it and is compiled ahead of time with it.</remarks>
/// <typeparam name="T">Type of the items.</typeparam>
internal sealed class GrowingBuffer<T>
{
    private T[] items = new T[64];

    public int Count { get; private set; }

    public ReadOnlySpan<T> Items => new(items, 0, Count);

    /// <summary>The items, to be changed.</summary>
    public Span<T> Room => new(items, 0, Count);

    public T this[int index] => items[index];

    public void Clear() => Count = 0;

    public void Add(T item)
    {
        if (Count == items.Length)
        {
            Array.Resize(ref items, 2 * items.Length);
        }

        items[Count++] = item;
    }

    public void Append(ReadOnlySpan<T> more)
    {
        if (items.Length - Count < more.Length)
        {
            Array.Resize(ref items, Math.Max(Count + more.Length, 2 * items.Length));
        }

        more.CopyTo(items.AsSpan(Count));
        Count += more.Length;
    }

    /// <summary>Room for exactly so many items, which replace what was there.</summary>
    public Span<T> Reset(int length)
    {
        if (items.Length < length)
        {
            items = new T[Math.Max(length, 2 * items.Length)];
        }

        Count = length;
        return items.AsSpan(0, length);
    }

    /// <summary>Keeps the first items.</summary>
    public void Trim(int length) => Count = length;
}
