using System.Collections.Immutable;
using DetectorDsl.Annotations;

namespace DetectorDsl.Data.Datasets;

/// <summary>What an annotation file holds, counted; crowds are regions, not objects, and count for nothing.</summary>
/// <param name="Images">Images, those without objects among them.</param>
/// <param name="EmptyImages">Images without objects.</param>
/// <param name="Objects">Objects.</param>
/// <param name="Crowds">Crowd regions, and objects that are marked to be ignored.</param>
/// <param name="WithMask">Objects with an outline or mask.</param>
/// <param name="Small">Objects with an area under 32 x 32 pixels.</param>
/// <param name="Medium">Objects from there to 96 x 96.</param>
/// <param name="Large">Larger ones.</param>
/// <param name="Categories">The categories in the file's order, with counts and frequency groups of this file.</param>
public sealed record AnnotationStatistics(
    int Images,
    int EmptyImages,
    int Objects,
    int Crowds,
    int WithMask,
    int Small,
    int Medium,
    int Large,
    ImmutableArray<Category> Categories
)
{
    private const double MediumArea = 32 * 32;
    private const double LargeArea = 96 * 96;
    private const int MostRare = 10;
    private const int MostCommon = 100;

    /// <summary>Counts.</summary>
    /// <param name="set">The annotations.</param>
    /// <returns>The counts.</returns>
    public static AnnotationStatistics Of(AnnotationSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        set = set.Mended();
        var objects = set.Annotations.Where(annotation => !annotation.IsRegion).ToList();
        var instances = objects.CountBy(annotation => annotation.CategoryId).ToDictionary();
        var images = objects
            .Select(annotation => (annotation.ImageId, annotation.CategoryId))
            .Distinct()
            .CountBy(pair => pair.CategoryId)
            .ToDictionary();
        var small = objects.Count(annotation => annotation.Area < MediumArea);
        var large = objects.Count(annotation => annotation.Area > LargeArea);
        return new AnnotationStatistics(
            set.Images.Length,
            set.Images.Length - objects.Select(annotation => annotation.ImageId).Distinct().Count(),
            objects.Count,
            set.Annotations.Length - objects.Count,
            objects.Count(annotation => annotation.Segmentation is not null),
            small,
            objects.Count - small - large,
            large,
            [
                .. set.Categories.Select(category =>
                    category with
                    {
                        ImageCount = images.GetValueOrDefault(category.Id),
                        InstanceCount = instances.GetValueOrDefault(category.Id),
                        Frequency = GroupOf(images.GetValueOrDefault(category.Id)),
                    }
                ),
            ]
        );
    }

    /// <summary>LVIS's group of a category.</summary>
    /// <param name="images">Training images that hold it.</param>
    /// <returns>Rare up to 10, common up to 100, else frequent.</returns>
    public static CategoryFrequency GroupOf(int images) =>
        images <= MostRare ? CategoryFrequency.Rare
        : images <= MostCommon ? CategoryFrequency.Common
        : CategoryFrequency.Frequent;
}
