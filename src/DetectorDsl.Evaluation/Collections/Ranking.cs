namespace DetectorDsl.Evaluation.Collections;

/// <summary>A reusable list that is sorted by score: merge sort over runs that are in order already, as detectors' output mostly is.</summary>
internal sealed class Ranking
{
    private const int ShortRun = 16;

    private ScoredPlace[] items = [];
    private ScoredPlace[] spare = [];
    private int count;

    /// <summary>The items, in the order of the last call of <see cref="Sort" />.</summary>
    public ReadOnlySpan<ScoredPlace> Items => new(items, 0, count);

    public void Clear() => count = 0;

    public void Add(double score, int place)
    {
        if (count == items.Length)
        {
            Array.Resize(ref items, Math.Max(64, 2 * items.Length));
        }

        items[count++] = new ScoredPlace(score, place);
    }

    public void Sort()
    {
        if (IsSorted())
        {
            return;
        }

        for (var start = 0; start < count; start += ShortRun)
        {
            SortShort(start, Math.Min(start + ShortRun, count));
        }

        if (spare.Length != items.Length)
        {
            spare = new ScoredPlace[items.Length];
        }

        for (var length = ShortRun; length < count; length *= 2)
        {
            for (var start = 0; start < count; start += 2 * length)
            {
                Merge(start, Math.Min(start + length, count), Math.Min(start + (2 * length), count));
            }

            (items, spare) = (spare, items);
        }
    }

    private bool IsSorted()
    {
        for (var i = 1; i < count; i++)
        {
            if (items[i].IsBefore(items[i - 1]))
            {
                return false;
            }
        }

        return true;
    }

    private void SortShort(int start, int end)
    {
        for (var i = start + 1; i < end; i++)
        {
            var item = items[i];
            var place = i;
            while (place > start && item.IsBefore(items[place - 1]))
            {
                items[place] = items[place - 1];
                place--;
            }

            items[place] = item;
        }
    }

    private void Merge(int start, int middle, int end)
    {
        var (left, right) = (start, middle);
        for (var next = start; next < end; next++)
        {
            spare[next] = right == end || (left < middle && items[left].IsBefore(items[right])) ? items[left++] : items[right++];
        }
    }
}
