using System.Collections.Immutable;
using DetectorDsl.Annotations;

namespace DetectorDsl.Data.Importing;

/// <summary>Gathers images and objects of another format, numbers them from 1, and keeps account of what could not be used.</summary>
internal sealed class ImportedSet
{
    private readonly List<AnnotatedImage> images = [];
    private readonly List<InstanceAnnotation> annotations = [];
    private readonly List<AnnotationProblem> problems = [];

    /// <summary>Adds an image.</summary>
    /// <returns>Its id.</returns>
    public long Add(string fileName, int width, int height)
    {
        images.Add(new AnnotatedImage(images.Count + 1, fileName, width, height));
        return images.Count;
    }

    public void Add(long image, int category, Box box, double area, Segmentation? segmentation, bool isCrowd) =>
        annotations.Add(new InstanceAnnotation(annotations.Count + 1, image, category, box, area, segmentation, isCrowd));

    public void LeaveOut(string file, string entry, string what) => problems.Add(new AnnotationProblem(file, entry, what, "left out"));

    /// <summary>The set; categories get the ids 1, 2 ... in the order given.</summary>
    public AnnotationSet Complete(IEnumerable<string> names) => new([.. images], [.. annotations], [.. names.Select((name, index) => new Category(index + 1, name))], [.. problems]);
}
