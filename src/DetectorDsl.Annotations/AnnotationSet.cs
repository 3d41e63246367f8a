using System.Collections.Immutable;

namespace DetectorDsl.Annotations;

/// <summary>Images, objects and categories of an annotation file.</summary>
/// <param name="Images">Images in the file's order.</param>
/// <param name="Annotations">Objects in the file's order.</param>
/// <param name="Categories">Categories in the file's order.</param>
/// <param name="Problems">Entries that were left out or mended.</param>
public sealed record AnnotationSet(
    ImmutableArray<AnnotatedImage> Images,
    ImmutableArray<InstanceAnnotation> Annotations,
    ImmutableArray<Category> Categories,
    ImmutableArray<AnnotationProblem> Problems)
{
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
        return most >= Images.Length ? this : OnlyImages(Enumerable.Range(0, most).Select(i => Images[(int)((long)i * Images.Length / most)].Id).ToHashSet());
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
