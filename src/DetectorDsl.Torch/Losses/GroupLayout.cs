namespace DetectorDsl.Torch.Losses;

/// <summary>
/// Columns of a balanced group softmax: group after group, each led by a column "others", its classes in order of their labels; last a group of
/// "foreground" and "background".
/// </summary>
internal sealed class GroupLayout
{
    private readonly int[] groupOf;
    private readonly int[] slotOf;

    /// <param name="counts">Training instances of each of the C classes.</param>
    /// <param name="bounds">Counts at which a new group begins, rising; a count equal to a bound belongs to the upper group.</param>
    public GroupLayout(ReadOnlySpan<long> counts, ReadOnlySpan<int> bounds)
    {
        Sizes = new int[bounds.Length + 2];
        Array.Fill(Sizes, 1);
        groupOf = new int[counts.Length + 1];
        slotOf = new int[counts.Length + 1];
        for (var label = 0; label <= counts.Length; label++)
        {
            var group = bounds.Length + 1;
            if (label < counts.Length)
            {
                for (group = 0; group < bounds.Length && counts[label] >= bounds[group]; group++) { }
            }

            (groupOf[label], slotOf[label]) = (group, Sizes[group]++);
        }

        Starts = new int[Sizes.Length];
        for (var group = 1; group < Starts.Length; group++)
        {
            Starts[group] = Starts[group - 1] + Sizes[group - 1];
        }
    }

    /// <summary>Columns of each group, "others" included.</summary>
    public int[] Sizes { get; }

    /// <summary>First column of each group: its "others".</summary>
    public int[] Starts { get; }

    /// <summary>The group of "foreground" and "background".</summary>
    public int BackgroundGroup => Sizes.Length - 1;

    /// <summary>Place of a label (C is background) within a group; 0 where it belongs to another.</summary>
    public long Slot(int group, long label) => groupOf[label] == group ? slotOf[label] : 0;

    /// <summary>Column of each of the C classes.</summary>
    public long[] ClassColumns() =>
        [.. Enumerable.Range(0, groupOf.Length - 1).Select(label => (long)Starts[groupOf[label]] + slotOf[label])];
}
