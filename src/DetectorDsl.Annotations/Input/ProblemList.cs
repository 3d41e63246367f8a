using System.Collections.Immutable;

namespace DetectorDsl.Annotations;

/// <summary>Problems of a file: all are counted, the first <see cref="InputBudget.KeptProblems" /> are kept.</summary>
/// <param name="file">The file, which the problems name.</param>
public sealed class ProblemList(string file)
{
    private readonly ImmutableArray<AnnotationProblem>.Builder kept = ImmutableArray.CreateBuilder<AnnotationProblem>();

    /// <summary>All problems, those that are not kept among them.</summary>
    public int Count { get; private set; }

    /// <summary>The first of them.</summary>
    public ImmutableArray<AnnotationProblem> Kept => kept.ToImmutable();

    /// <summary>Takes problems that were found elsewhere.</summary>
    /// <param name="found">The first of them.</param>
    /// <param name="count">All of them.</param>
    public void Add(IEnumerable<AnnotationProblem> found, int count)
    {
        kept.AddRange(found.Take(InputBudget.KeptProblems - kept.Count));
        Count += count;
    }

    /// <summary>Counts a problem; its words are put together only where it is kept.</summary>
    /// <param name="entry">The entry, such as <c>annotation 17</c>.</param>
    /// <param name="what">What is wrong with it.</param>
    /// <param name="done">What was done about it.</param>
    public void Add(FormattableString entry, FormattableString what, string done)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(what);
        if (++Count <= InputBudget.KeptProblems)
        {
            kept.Add(new AnnotationProblem(file, FormattableString.Invariant(entry), FormattableString.Invariant(what), done));
        }
    }
}
