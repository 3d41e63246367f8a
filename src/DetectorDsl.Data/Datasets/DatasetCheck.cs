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
    /// <returns>The defects with what training does about them: those of the file, of its entries' sense, of the images. All are counted, the first kept.</returns>
    /// <exception cref="DatasetException">The image folder does not exist.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ProblemList Run(
        AnnotationSet annotations,
        DataSplit split,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default,
        ImageVerdicts? verdicts = null
    )
    {
        ArgumentNullException.ThrowIfNull(annotations);
        ArgumentNullException.ThrowIfNull(split);
        if (!Directory.Exists(split.ImageFolder))
        {
            throw new DatasetException(
                $"{split.ImageFolder}: the image folder of {split.AnnotationFile} does not exist. Name it with --images."
            );
        }

        var labels = annotations
            .Categories.Select((category, label) => (category.Id, label))
            .ToDictionary(pair => pair.Id, pair => pair.label);
        var entries = new DatasetEntries(split.AnnotationFile, split.ImageFolder, forTraining: true, labels, verdicts);
        entries.ConsiderAll(annotations, progress, cancellation);
        var problems = new ProblemList(split.AnnotationFile);
        problems.Add(annotations.Problems, annotations.ProblemCount);
        new AnnotationDoubts(entries.Annotations, problems).Find();
        problems.Add(entries.Problems.Kept, entries.Problems.Count);
        return problems;
    }

    /// <summary>What a person should know of annotations, though nothing is wrong with it.</summary>
    /// <param name="annotations">The annotations.</param>
    /// <returns>One line for each remark.</returns>
    public static IEnumerable<string> Remarks(AnnotationSet annotations)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        var held = annotations.Annotations.Select(annotation => annotation.ImageId).ToHashSet();
        if (annotations.Images.Where(image => !held.Contains(image.Id)).ToList() is [var first, ..] empty)
        {
            yield return $"{empty.Count} of {annotations.Images.Length} images have no objects, image {first.Id} ({first.FileName}) is the first; training leaves them out.";
        }

        if (annotations.Annotations.Count(annotation => annotation.IsIgnored) is > 0 and var ignored)
        {
            yield return $"{ignored} objects are marked to be ignored; training leaves them out, as it does crowds, and neither learns nor forbids what is found there.";
        }
    }
}
