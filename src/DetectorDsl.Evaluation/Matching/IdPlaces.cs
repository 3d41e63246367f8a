using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Matching;

/// <summary>Places of ids in their rising order: a table where they lie close together, as they mostly do.</summary>
internal sealed class IdPlaces
{
    private const long LargestTable = 1 << 21;

    private readonly long first;
    private readonly int[]? table;
    private readonly Dictionary<long, int>? places;

    public IdPlaces(ReadOnlySpan<long> rising, string what)
    {
        for (var i = 1; i < rising.Length; i++)
        {
            if (rising[i] == rising[i - 1])
            {
                throw new AnnotationException($"Two {what} entries of the annotations have the id {rising[i]}; ids need to be unique.");
            }
        }

        first = rising.IsEmpty ? 0 : rising[0];
        if (rising.IsEmpty || (ulong)(rising[^1] - first) < LargestTable)
        {
            table = new int[rising.IsEmpty ? 0 : rising[^1] - first + 1];
            for (var i = 0; i < rising.Length; i++)
            {
                table[rising[i] - first] = i + 1;
            }
        }
        else
        {
            places = new Dictionary<long, int>(rising.Length);
            for (var i = 0; i < rising.Length; i++)
            {
                places[rising[i]] = i;
            }
        }
    }

    public bool TryFind(long id, out int place)
    {
        if (table is null)
        {
            return places!.TryGetValue(id, out place);
        }

        var offset = (ulong)(id - first);
        place = offset < (ulong)table.Length ? table[offset] - 1 : -1;
        return place >= 0;
    }
}
