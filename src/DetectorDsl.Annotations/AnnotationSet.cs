using System.Collections.Immutable;

namespace DetectorDsl.Annotations;

/// <summary>Images, objects and categories of an annotation file.</summary>
/// <remarks>
/// There are two views of a file. The set itself has the objects as the file states them, for evaluation: boxes without a size or outside their
/// image are objects that nobody finds. <see cref="Mended" /> is the view for training.
/// </remarks>
/// <param name="Images">Images in the file's order.</param>
/// <param name="Annotations">Objects in the file's order.</param>
/// <param name="Categories">Categories in the file's order.</param>
/// <param name="Problems">Entries that were left out or mended, the first <see cref="InputBudget.KeptProblems" />.</param>
public sealed record AnnotationSet(
    ImmutableArray<AnnotatedImage> Images,
    ImmutableArray<InstanceAnnotation> Annotations,
    ImmutableArray<Category> Categories,
    ImmutableArray<AnnotationProblem> Problems
)
{
    private readonly int problemCount;

    /// <summary>All problems, those that are not among <see cref="Problems" /> too.</summary>
    public int ProblemCount
    {
        get => Math.Max(problemCount, Problems.Length);
        init => problemCount = value;
    }

    /// <summary>Annotations of the file whose id was missing or another's too, and that were given a new one. Default: 0.</summary>
    public int Renumbered { get; init; }

    /// <summary>Annotations of the file that could not be used in any way. Default: 0.</summary>
    public int LeftOut { get; init; }

    /// <summary>Members of the file beside its lists, such as <c>info</c> and <c>licenses</c>; null where there are none.</summary>
    public JsonMembers? Extra { get; init; }

    /// <summary>The view for training: without the objects whose box has no size or lies outside its image.</summary>
    /// <returns>The set itself where there are none.</returns>
    public AnnotationSet Mended()
    {
        var images = Images.ToDictionary(image => image.Id);
        return Annotations.All(IsUsable) ? this : this with { Annotations = [.. Annotations.Where(IsUsable)] };

        bool IsUsable(InstanceAnnotation annotation) =>
            !images.TryGetValue(annotation.ImageId, out var image) || image.IsUsable(annotation.Box);
    }

    /// <summary>Refuses a file of which anything had to be mended or left out, for those who want none of it.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="AnnotationException">There are problems; the message has the first and their number.</exception>
    public void RequireFlawless(string file)
    {
        if (ProblemCount > 0)
        {
            throw new AnnotationException(
                $"{file}: {ProblemCount} of its entries have defects, and --strict-annotations allows none; the first: {Problems[0].Entry}: {Problems[0].What}. check lists them."
            );
        }
    }

    /// <summary>The part of the set that speaks of some images.</summary>
    /// <param name="imageIds">Their ids.</param>
    /// <returns>These images and their objects; categories and problems stay.</returns>
    /// <exception cref="AnnotationException">An id is not in the set.</exception>
    public AnnotationSet OnlyImages(IReadOnlySet<long> imageIds)
    {
        ArgumentNullException.ThrowIfNull(imageIds);
        var present = Images.Select(image => image.Id).ToHashSet();
        if (imageIds.FirstOrDefault(id => !present.Contains(id), -1) is >= 0 and var unknown)
        {
            throw new AnnotationException($"image {unknown} is wanted, but not among the {Images.Length} images of the annotations.");
        }

        return this with
        {
            Images = [.. Images.Where(image => imageIds.Contains(image.Id))],
            Annotations = [.. Annotations.Where(annotation => imageIds.Contains(annotation.ImageId))],
        };
    }

    /// <summary>A part of the set, spread evenly over the images in the file's order.</summary>
    /// <param name="most">Images wanted, at least 1.</param>
    /// <returns>So many images, or all where there are fewer, and their objects; categories and problems stay.</returns>
    public AnnotationSet Spread(int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return most >= Images.Length
            ? this
            : OnlyImages(Enumerable.Range(0, most).Select(i => Images[(int)((long)i * Images.Length / most)].Id).ToHashSet());
    }

    /// <summary>Groups the objects by image.</summary>
    /// <returns>Objects in the file's order under each image's id; images without any are absent.</returns>
    public Dictionary<long, List<InstanceAnnotation>> ByImage()
    {
        var groups = new Dictionary<long, List<InstanceAnnotation>>();
        foreach (var annotation in Annotations)
        {
            if (!groups.TryGetValue(annotation.ImageId, out var group))
            {
                groups[annotation.ImageId] = group = [];
            }

            group.Add(annotation);
        }

        return groups;
    }
}
