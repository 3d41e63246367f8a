using System.Collections.Immutable;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Sampling;

namespace DetectorDsl.Data.Datasets;

/// <summary>What an epoch of a sampler shows: images, and images and objects of each class, repetitions counted.</summary>
/// <param name="Images">Images of an epoch.</param>
/// <param name="DifferentImages">Different ones among all that may be shown.</param>
/// <param name="ImageCounts">Images of each class: C numbers.</param>
/// <param name="InstanceCounts">Objects of each class: C numbers.</param>
/// <param name="AreExpected">Whether these are means over epochs; else they are of the first epoch.</param>
public sealed record SampledCounts(
    double Images,
    int DifferentImages,
    ImmutableArray<double> ImageCounts,
    ImmutableArray<double> InstanceCounts,
    bool AreExpected
)
{
    /// <summary>Counts what a sampler makes of a data set.</summary>
    /// <param name="sampler">The sampler.</param>
    /// <param name="data">The data set.</param>
    /// <returns>The counts.</returns>
    public static SampledCounts Of(IImageSampler sampler, DetectionDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Of(
            sampler,
            [.. Enumerable.Range(0, data.Images.Length).Select(image => data.ObjectsOf(image).Select(item => item.Label).ToArray())],
            data.CategoryIds.Length
        );
    }

    /// <summary>Counts what a sampler makes of images.</summary>
    /// <param name="sampler">The sampler.</param>
    /// <param name="labels">Label of every object of each image.</param>
    /// <param name="classes">C.</param>
    /// <returns>The counts.</returns>
    public static SampledCounts Of(IImageSampler sampler, IReadOnlyList<int[]> labels, int classes)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        ArgumentNullException.ThrowIfNull(labels);
        var expected = sampler.ExpectedViews();
        var views = expected ?? Drawn(sampler, labels.Count);
        var (images, instances) = (new double[classes], new double[classes]);
        for (var image = 0; image < labels.Count; image++)
        {
            foreach (var label in labels[image])
            {
                instances[label] += views[image];
            }

            foreach (var label in labels[image].Distinct())
            {
                images[label] += views[image];
            }
        }

        return new SampledCounts(views.Sum(), views.Count(view => view > 0), [.. images], [.. instances], expected is not null);
    }

    /// <summary>The counts by frequency group, for a person.</summary>
    /// <param name="summary">The data set's own counts.</param>
    /// <returns>One line.</returns>
    public string Describe(DatasetSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var groups = Enum.GetValues<CategoryFrequency>()
            .Select(frequency =>
                (
                    frequency,
                    Labels: Enumerable
                        .Range(0, summary.Classes.Length)
                        .Where(label =>
                            summary.Classes[label].Images > 0 && AnnotationStatistics.GroupOf(summary.Classes[label].Images) == frequency
                        )
                        .ToList()
                )
            );
        var texts = groups
            .Where(group => group.Labels.Count > 0)
            .Select(group =>
                FormattableString.Invariant(
                    $"{group.frequency.ToString().ToLowerInvariant()} {group.Labels.Sum(label => InstanceCounts[label]):0} ({group.Labels.Sum(label => summary.Classes[label].Instances)} in the data)"
                )
            );
        return FormattableString.Invariant(
            $"{(AreExpected ? "An epoch" : "The first epoch")} shows {Images:0} images, {DifferentImages} different ones; objects: {string.Join(", ", texts)}."
        );
    }

    private static double[] Drawn(IImageSampler sampler, int images)
    {
        var views = new double[images];
        foreach (var image in sampler.Epoch(0))
        {
            views[image]++;
        }

        return views;
    }
}
