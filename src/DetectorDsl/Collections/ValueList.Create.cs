namespace DetectorDsl;

/// <summary>Builds lists for collection expressions.</summary>
public static class ValueList
{
    /// <summary>A list of the given items in their order.</summary>
    /// <typeparam name="T">Type of the items.</typeparam>
    /// <param name="items">The items.</param>
    /// <returns>The list.</returns>
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) => new([.. items]);
}
