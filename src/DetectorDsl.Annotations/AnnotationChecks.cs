using System.Collections.Immutable;

namespace DetectorDsl.Annotations;

/// <summary>Leaves out what cannot be used, mends what can be mended, and says so.</summary>
internal sealed class AnnotationChecks
{
    // Far beyond any photograph, and small enough that no mask of such an image takes much time or memory.
    private const int LargestSide = 100_000;

    private readonly ImmutableArray<AnnotationProblem>.Builder problems = ImmutableArray.CreateBuilder<AnnotationProblem>();

    private readonly string file;
    private readonly Action<string, string> reportOfEntry;
    private long entry;

    /// <summary>Checks of one file.</summary>
    /// <param name="file">The file, which problems name.</param>
    public AnnotationChecks(string file)
    {
        this.file = file;
        reportOfEntry = (what, done) => Report(NameOf(entry), what, done);
    }

    public AnnotationSet Apply(List<AnnotatedImage> images, List<RawAnnotation> annotations, List<Category> categories)
    {
        var imagesById = new Dictionary<long, AnnotatedImage>();
        foreach (var image in images)
        {
            if (image.Width is <= 0 or > LargestSide || image.Height is <= 0 or > LargestSide || (long)image.Width * image.Height > int.MaxValue)
            {
                Report($"image {image.Id} ({image.FileName})", $"its size is stated as {image.Width} x {image.Height}", "left out");
            }
            else if (!imagesById.TryAdd(image.Id, image))
            {
                Report($"image {image.Id} ({image.FileName})", $"the id is that of '{imagesById[image.Id].FileName}' too", "left out");
            }
        }

        var categoriesById = new Dictionary<int, Category>();
        foreach (var category in categories)
        {
            if (!categoriesById.TryAdd(category.Id, category))
            {
                Report($"category {category.Id} ({category.Name})", $"the id is that of '{categoriesById[category.Id].Name}' too", "left out");
            }
        }

        var seen = new HashSet<long>(annotations.Count);
        var kept = ImmutableArray.CreateBuilder<InstanceAnnotation>(annotations.Count);
        foreach (var raw in annotations)
        {
            if (Check(raw, imagesById, categoriesById, seen) is { } annotation)
            {
                kept.Add(annotation);
            }
        }

        return new AnnotationSet([.. imagesById.Values], kept.DrainToImmutable(), [.. categoriesById.Values], problems.ToImmutable());
    }

    private InstanceAnnotation? Check(RawAnnotation raw, Dictionary<long, AnnotatedImage> images, Dictionary<int, Category> categories, HashSet<long> seen)
    {
        if (raw is not { Id: { } id, ImageId: { } imageId, CategoryId: { } categoryId })
        {
            return LeaveOut(raw.Id is { } known ? NameOf(known) : $"annotations[{raw.Index}]", "it needs 'id', 'image_id' and 'category_id'");
        }

        entry = id;
        if (!images.TryGetValue(imageId, out var image))
        {
            return LeaveOut(NameOf(id), $"image {imageId} is not in the file");
        }

        if (!categories.ContainsKey(categoryId))
        {
            return LeaveOut(NameOf(id), $"category {categoryId} is not in the file");
        }

        if (!seen.Add(id))
        {
            return LeaveOut(NameOf(id), "the id occurs twice");
        }

        var segmentation = raw.Segmentation?.Mend(image, reportOfEntry);
        var box = raw.Box ?? segmentation?.ToMask(image.Height, image.Width).Bounds ?? new Box(double.NaN, 0, 0, 0);
        if (!double.IsFinite(box.X) || !double.IsFinite(box.Y) || !double.IsFinite(box.Width) || !double.IsFinite(box.Height))
        {
            return LeaveOut(NameOf(id), "its box is missing or not four finite numbers");
        }

        if (box.Width <= 0 || box.Height <= 0)
        {
            return LeaveOut(NameOf(id), $"its box has the size {box.Width} x {box.Height}");
        }

        if (box.X >= image.Width || box.Y >= image.Height || box.X + box.Width <= 0 || box.Y + box.Height <= 0)
        {
            return LeaveOut(NameOf(id), $"its box [{box.X}, {box.Y}, {box.Width}, {box.Height}] lies outside image {image.Id} of {image.Width} x {image.Height}");
        }

        var area = raw.Area is { } stated && double.IsFinite(stated) ? stated : box.Area;
        return new InstanceAnnotation(id, imageId, categoryId, box, area, segmentation, raw.IsCrowd);
    }

    private static string NameOf(long id) => FormattableString.Invariant($"annotation {id}");

    private InstanceAnnotation? LeaveOut(string entry, string what)
    {
        Report(entry, what, "left out");
        return null;
    }

    private void Report(string entry, string what, string done) => problems.Add(new AnnotationProblem(file, entry, what, done));
}
