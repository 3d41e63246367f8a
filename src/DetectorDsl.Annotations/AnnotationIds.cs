namespace DetectorDsl.Annotations;

/// <summary>Gives each annotation an id of its own: its own where it has one, else the next above all of the file's.</summary>
internal sealed class AnnotationIds
{
    private readonly WordIds words;
    private readonly HashSet<long> seen;
    private long next;

    /// <summary>Ids of a file.</summary>
    /// <param name="parser">What was read of it.</param>
    public AnnotationIds(AnnotationFileParser parser)
    {
        words = parser.AnnotationWords;
        seen = new HashSet<long>(parser.Annotations.Count);
        var largest = 0L;
        foreach (var raw in parser.Annotations)
        {
            largest = raw.Id is { } id && words.WordOf(id) is null ? Math.Max(largest, id) : largest;
        }

        // Nobody counts that far; negative ids are free then.
        next = largest == long.MaxValue ? long.MinValue / 2 : largest + 1;
    }

    /// <summary>Annotations that were given a new id.</summary>
    public int Renumbered { get; private set; }

    /// <summary>The id of the next annotation.</summary>
    public long Next(RawAnnotation raw, ProblemList problems)
    {
        var word = raw.Id is { } stated ? words.WordOf(stated) : null;
        if (word is null && raw.Id is { } own && seen.Add(own))
        {
            return own;
        }

        while (!seen.Add(next))
        {
            next++;
        }

        Renumbered++;
        var done = FormattableString.Invariant($"numbered {next}");
        if (word is not null)
        {
            problems.Add($"annotation {word}", $"its id is a word", done);
        }
        else if (raw.Id is { } twice)
        {
            problems.Add($"annotation {twice}", $"the id occurs twice", done);
        }
        else
        {
            problems.Add($"annotations[{raw.Index}]", $"it has no id", done);
        }

        return next++;
    }
}
