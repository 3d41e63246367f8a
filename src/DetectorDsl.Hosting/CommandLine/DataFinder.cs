using System.CommandLine;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Hosting.Trainers;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary>Finds the data: files named one by one come first, then the folder, then what the declaration names.</summary>
internal sealed class DataFinder(DataOptions options, ParseResult arguments, DetectorTrainer trainer, CommandContext context)
{
    private string? folder;

    public DetectionDataset OpenTraining()
    {
        var split = Named(options.TrainAnnotations, options.TrainImages) ?? DataFolder.Training(Folder());
        return Open(split, forTraining: true);
    }

    /// <summary>Null, with a note, where training images were given and nothing to validate on.</summary>
    public DetectionDataset? TryOpenValidation()
    {
        if (Named(options.ValidationAnnotations, options.ValidationImages) is { } named)
        {
            return Open(named, forTraining: false);
        }

        if (arguments.GetValue(options.Folder) is null && arguments.GetValue(options.TrainAnnotations) is not null)
        {
            context.Report.Warning("no validation data; training ends without an evaluation. Name some with --validation-annotations.");
            return null;
        }

        DataSplit split;
        try
        {
            split = DataFolder.Validation(Folder());
        }
        catch (DatasetException exception)
        {
            context.Report.Warning($"no validation data; training ends without an evaluation. {exception.Message}");
            return null;
        }

        return Open(split, forTraining: false);
    }

    public DetectionDataset OpenValidation() =>
        Open(Named(options.ValidationAnnotations, options.ValidationImages) ?? DataFolder.Validation(Folder()), forTraining: false);

    /// <summary>Where a data set lies: its annotation file, and every folder with an image of it.</summary>
    public static IEnumerable<string> Places(DetectionDataset data) =>
        Enumerable
            .Range(0, data.Images.Length)
            .Select(index => Path.GetDirectoryName(data.PathOf(index))!)
            .Distinct()
            .Prepend(data.Summary.File);

    private DataSplit? Named(Option<string?> annotations, Option<string?> images) =>
        arguments.GetValue(annotations) is { } file
            ? new DataSplit(file, Path.GetFullPath(arguments.GetValue(images) ?? Path.GetDirectoryName(Path.GetFullPath(file))!))
            : null;

    private string Folder()
    {
        if (arguments.GetValue(options.Folder) is { } named)
        {
            return Directory.Exists(named)
                ? named
                : throw new DatasetException($"{named}: no such data folder. Name an existing one with --data.");
        }

        if (folder is null)
        {
            context.Report.Work("Preparing data", progress => folder = trainer.PrepareDefaultData(progress, context.Cancellation));
        }

        return folder
            ?? throw new DatasetException(
                $"{trainer.Name} names no data. Name it with --data FOLDER, or file by file with --train-annotations and --validation-annotations."
            );
    }

    private DetectionDataset Open(DataSplit split, bool forTraining)
    {
        var data = DetectionDataset.Open(
            split.AnnotationFile,
            split.ImageFolder,
            [.. trainer.Categories.Select(category => (category.Id, category.Name))],
            forTraining,
            arguments.GetValue(options.Images),
            context.Cancellation,
            arguments.GetValue(options.Limit),
            DataCache.Annotations()
        );
        if (options.Strict.IsWanted(arguments))
        {
            data.Annotations.RequireFlawless(split.AnnotationFile);
        }

        if (!forTraining && trainer.Rules.WhyUnfit(data.Annotations) is { } why)
        {
            throw new DatasetException($"{split.AnnotationFile}: {why}");
        }

        foreach (var line in data.Summary.Lines())
        {
            context.Report.Line(line);
        }

        return data;
    }
}
