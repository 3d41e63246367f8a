using System.Collections.Immutable;
using DetectorDsl.Annotations;

namespace DetectorDsl.Data.Datasets;

/// <summary>What a data set holds and what was left out of it.</summary>
/// <param name="File">The annotation file.</param>
/// <param name="Images">Images used.</param>
/// <param name="Instances">Objects used.</param>
/// <param name="MissingImages">Images left out because their file does not exist.</param>
/// <param name="UnreadableImages">Images left out because their file is no image, is cut off, or is not of the stated size.</param>
/// <param name="EmptyImages">Images left out because they have no object.</param>
/// <param name="SmallImages">Images left out because they are too small.</param>
/// <param name="Classes">Counts of each class in label order.</param>
/// <param name="Problems">Entries that were left out or mended, with the reason, the first of many.</param>
public sealed record DatasetSummary(
    string File,
    int Images,
    int Instances,
    int MissingImages,
    int UnreadableImages,
    int EmptyImages,
    int SmallImages,
    ImmutableArray<ClassCount> Classes,
    ImmutableArray<AnnotationProblem> Problems
)
{
    private readonly int problemCount;

    /// <summary>Images left out because all of their objects are crowds or to be ignored.</summary>
    public int CrowdImages { get; init; }

    /// <summary>All entries that were left out or mended.</summary>
    public int ProblemCount
    {
        get => Math.Max(problemCount, Problems.Length);
        init => problemCount = value;
    }

    internal static DatasetSummary Of(string file, DatasetEntries entries, IReadOnlyList<(int Id, string Name)> categories)
    {
        var problems = new ProblemList(file);
        problems.Add(entries.Annotations.Problems, entries.Annotations.ProblemCount);
        problems.Add(entries.Problems.Kept, entries.Problems.Count);
        var images = new int[categories.Count];
        var instances = new int[categories.Count];
        foreach (var objects in entries.Objects)
        {
            foreach (var group in objects.GroupBy(item => item.Label))
            {
                images[group.Key]++;
                instances[group.Key] += group.Count();
            }
        }

        return new DatasetSummary(
            file,
            entries.Images.Count,
            instances.Sum(),
            entries.LeftOutMissing,
            entries.LeftOutUnreadable,
            entries.LeftOutEmpty,
            entries.LeftOutSmall,
            [.. categories.Select((category, label) => new ClassCount(category.Name, images[label], instances[label]))],
            problems.Kept
        )
        {
            CrowdImages = entries.LeftOutCrowds,
            ProblemCount = problems.Count,
        };
    }

    /// <summary>How many classes of each frequency group there are, and how many objects.</summary>
    /// <returns>One line.</returns>
    public string Groups() =>
        $"Classes by the images that hold them: {string.Join(", ", Enum.GetValues<CategoryFrequency>().Select(Group))}.";

    private string Group(CategoryFrequency frequency)
    {
        var group = Classes.Where(item => item.Images > 0 && AnnotationStatistics.GroupOf(item.Images) == frequency).ToList();
        return $"{group.Count} {frequency.ToString().ToLowerInvariant()} with {group.Sum(item => item.Instances)} objects";
    }

    /// <summary>A few lines for a person: what is used, what was left out and why, the first of many.</summary>
    /// <param name="most">Problems that are spelled out.</param>
    /// <returns>The lines.</returns>
    public IEnumerable<string> Lines(int most = 10)
    {
        yield return $"{File}: {Images} images with {Instances} objects of {Classes.Count(item => item.Instances > 0)} of {Classes.Length} classes.";
        if (MissingImages + UnreadableImages + EmptyImages + CrowdImages + SmallImages > 0)
        {
            yield return $"Images left out: {MissingImages} without a file, {UnreadableImages} unreadable, {EmptyImages} without objects, {(CrowdImages > 0 ? $"{CrowdImages} with crowds alone (iscrowd or ignore 1), " : "")}{SmallImages} too small.";
        }

        foreach (var problem in Problems.Take(most))
        {
            yield return problem.ToString();
        }

        if (ProblemCount > most)
        {
            yield return $"... and {ProblemCount - most} more entries.";
        }
    }
}

/// <summary>Counts of a class.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Images">Images that hold it.</param>
/// <param name="Instances">Its objects.</param>
public sealed record ClassCount(string Name, int Images, int Instances);
