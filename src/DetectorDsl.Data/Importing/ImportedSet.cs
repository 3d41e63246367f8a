using DetectorDsl.Annotations;

namespace DetectorDsl.Data.Importing;

/// <summary>Gathers images and objects of another format, numbers them from 1, and keeps account of what could not be used, or only in part.</summary>
internal sealed class ImportedSet
{
    private readonly List<AnnotatedImage> images = [];
    private readonly List<InstanceAnnotation> annotations = [];
    private readonly List<AnnotationProblem> problems = [];
    private readonly SortedDictionary<string, (int Count, string First)> remarks = new(StringComparer.Ordinal);
    private int leftOut;

    /// <summary>Adds an image.</summary>
    /// <returns>Its id.</returns>
    public long Add(string fileName, int width, int height)
    {
        images.Add(new AnnotatedImage(images.Count + 1, fileName, width, height));
        return images.Count;
    }

    public void Add(long image, int category, Box box, double area, Segmentation? segmentation, bool isCrowd) =>
        annotations.Add(new InstanceAnnotation(annotations.Count + 1, image, category, box, area, segmentation, isCrowd));

    /// <summary>Counts something that could not be used, and keeps the first of such.</summary>
    public void LeaveOut(string file, string entry, string what)
    {
        if (++leftOut <= InputBudget.KeptProblems)
        {
            problems.Add(new AnnotationProblem(file, entry, what, "left out"));
        }
    }

    /// <summary>Notes something that loses no file, image or object; the same words are counted.</summary>
    /// <param name="what">A sentence without its full stop.</param>
    /// <param name="place">Where it was met.</param>
    public void Remark(string what, string place) =>
        remarks[what] = remarks.TryGetValue(what, out var known) ? (known.Count + 1, known.First) : (1, place);

    /// <summary>The set; categories get the ids 1, 2 ... in the order given.</summary>
    public ImportedAnnotations Complete(IEnumerable<string> names) =>
        new(
            new AnnotationSet(
                [.. images],
                [.. annotations],
                [.. names.Select((name, index) => new Category(index + 1, name))],
                [.. problems]
            )
            {
                ProblemCount = leftOut,
            },
            [
                .. remarks.Select(remark =>
                    FormattableString.Invariant($"{remark.Key}: {remark.Value.Count}, the first {remark.Value.First}.")
                ),
            ]
        );
}
