using System.Collections.Immutable;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Images;

namespace DetectorDsl.Data.Datasets;

/// <summary>Finds every defect of a data set, without a declaration.</summary>
public static class DatasetCheck
{
    /// <summary>Checks the annotations, and each image's file: whether it is there, an image, whole, and of the stated size.</summary>
    /// <param name="annotations">What was read of the file.</param>
    /// <param name="split">The file, and the folder that its image names are relative to.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Stops between two images.</param>
    /// <param name="verdicts">What is known of the image files: each other one is decoded whole. Null reads their headers alone.</param>
    /// <returns>The defects with what training does about them: those of the file, of its entries' sense, of the images.</returns>
    /// <exception cref="DatasetException">The image folder does not exist.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ImmutableArray<AnnotationProblem> Run(AnnotationSet annotations, DataSplit split, IProgress<double>? progress = null, CancellationToken cancellation = default, ImageVerdicts? verdicts = null)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        ArgumentNullException.ThrowIfNull(split);
        if (!Directory.Exists(split.ImageFolder))
        {
            throw new DatasetException($"{split.ImageFolder}: the image folder of {split.AnnotationFile} does not exist. Name it with --images.");
        }

        var labels = annotations.Categories.Select((category, label) => (category.Id, label)).ToDictionary(pair => pair.Id, pair => pair.label);
        var entries = new DatasetEntries(split.AnnotationFile, split.ImageFolder, forTraining: true, labels, verdicts);
        entries.ConsiderAll(annotations, progress, cancellation);
        return [.. annotations.Problems, .. AnnotationDoubts.Of(split.AnnotationFile, annotations), .. entries.Problems];
    }
}
