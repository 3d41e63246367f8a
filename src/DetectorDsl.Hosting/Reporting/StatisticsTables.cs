using System.Collections.Immutable;
using System.Globalization;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;

namespace DetectorDsl.Hosting.Reporting;

/// <summary>The counts of an annotation file as tables.</summary>
internal static class StatisticsTables
{
    // All classes of a small set, both ends of a large one.
    private const int MostClasses = 80;
    private const int ClassesOfAnEnd = 10;

    public static IEnumerable<TextTable> Of(string file, AnnotationSet set, AnnotationStatistics counts)
    {
        yield return new TextTable(
            file,
            ["", "count"],
            [
                ["images", Text(counts.Images)],
                ["images without objects", Text(counts.EmptyImages)],
                ["objects", Text(counts.Objects)],
                ["objects with a mask", Text(counts.WithMask)],
                ["crowd regions", Text(counts.Crowds)],
                ["small objects (area under 32 x 32)", Text(counts.Small)],
                ["medium objects", Text(counts.Medium)],
                ["large objects (area over 96 x 96)", Text(counts.Large)],
                ["classes", Text(counts.Categories.Length)],
                ["classes without objects", Text(counts.Categories.Count(category => category.InstanceCount == 0))],
            ]
        );
        yield return new TextTable(
            "Frequency groups by images of this file",
            ["", "classes", "objects"],
            [
                Group("rare (1 to 10 images)", counts, CategoryFrequency.Rare),
                Group("common (11 to 100)", counts, CategoryFrequency.Common),
                Group("frequent (over 100)", counts, CategoryFrequency.Frequent),
            ]
        );
        var sized = set.Images.Where(image => image.HasSize).ToList();
        if (sized.Count > 0)
        {
            yield return new TextTable(
                "Image sizes",
                ["", "least", "median", "most"],
                [Spread("width", [.. sized.Select(image => image.Width)]), Spread("height", [.. sized.Select(image => image.Height)])]
            );
        }

        var ordered = counts.Categories.OrderByDescending(category => category.InstanceCount).ToList();
        if (ordered.Count <= MostClasses)
        {
            yield return Classes("Classes", ordered);
            yield break;
        }

        yield return Classes($"The {ClassesOfAnEnd} largest classes", ordered.Take(ClassesOfAnEnd));
        yield return Classes($"The {ClassesOfAnEnd} smallest classes", ordered.TakeLast(ClassesOfAnEnd));
    }

    private static TextTable Classes(string title, IEnumerable<Category> categories) =>
        new(
            title,
            ["", "id", "images", "objects"],
            [
                .. categories.Select(category =>
                    (ImmutableArray<string>)
                        [category.Name, Text(category.Id), Text(category.ImageCount ?? 0), Text(category.InstanceCount ?? 0)]
                ),
            ]
        );

    private static ImmutableArray<string> Group(string title, AnnotationStatistics counts, CategoryFrequency frequency)
    {
        var group = counts.Categories.Where(category => category.Frequency == frequency && category.ImageCount > 0).ToList();
        return [title, Text(group.Count), Text(group.Sum(category => category.InstanceCount ?? 0))];
    }

    private static ImmutableArray<string> Spread(string title, ImmutableArray<int> numbers)
    {
        var sorted = numbers.Sort();
        return [title, Text(sorted[0]), Text(sorted[sorted.Length / 2]), Text(sorted[^1])];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
