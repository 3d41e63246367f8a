using System.CommandLine;
using DetectorDsl.Data.Datasets;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary>Options of verbs that look at data without a declaration: one file, or the splits of a folder.</summary>
internal sealed class SplitOptions(string verb)
{
    private readonly Option<string?> annotations = new("--annotations")
    {
        Description = "COCO or LVIS JSON (also .gz).",
        HelpName = "file",
    };
    private readonly Option<string?> images = new("--images")
    {
        Description = "With --annotations: folder that its image names are relative to. Default: that of the annotations.",
        HelpName = "folder",
    };
    private readonly Option<string?> folder = new("--data")
    {
        Description = "Data folder in one of the usual layouts, whose training and validation files are both looked at.",
        HelpName = "folder",
    };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[annotations, images, folder])
        {
            command.Add(option);
        }
    }

    /// <summary>What was named, at least one.</summary>
    /// <exception cref="UsageException">Neither a file nor a folder was named, or both.</exception>
    /// <exception cref="DatasetException">The folder has none of the usual layouts.</exception>
    public IReadOnlyList<DataSplit> Find(ParseResult arguments)
    {
        var (file, data) = (arguments.GetValue(annotations), arguments.GetValue(folder));
        if (file is null == data is null || (file is null && arguments.GetValue(images) is not null))
        {
            throw new UsageException(
                $"{verb}: name either --annotations FILE, with --images FOLDER if the images are not beside it, or --data FOLDER."
            );
        }

        return file is not null
            ? [new DataSplit(file, Path.GetFullPath(arguments.GetValue(images) ?? Path.GetDirectoryName(Path.GetFullPath(file))!))]
            : [.. new[] { DataFolder.Training(data!), Validation(data!) }.OfType<DataSplit>().DistinctBy(split => split.AnnotationFile)];
    }

    // A folder for training alone is a good one.
    private static DataSplit? Validation(string data)
    {
        try
        {
            return DataFolder.Validation(data);
        }
        catch (DatasetException)
        {
            return null;
        }
    }
}
