namespace DetectorDsl.Data.Datasets;

/// <summary>Annotation file and image folder of a split.</summary>
/// <param name="AnnotationFile">COCO or LVIS JSON.</param>
/// <param name="ImageFolder">Folder that the file's image names are relative to.</param>
public sealed record DataSplit(string AnnotationFile, string ImageFolder);

/// <summary>Finds the splits of a folder in one of the usual layouts.</summary>
public static class DataFolder
{
    private static readonly (string Annotations, string Images)[] TrainLayouts =
    [
        ("train.json", "train"),
        ("train/_annotations.coco.json", "train"),
        ("annotations/lvis_v1_train.json", "."),
        ("annotations/instances_train2017.json", "train2017"),
        ("instances.json", "images"),
    ];

    private static readonly (string Annotations, string Images)[] ValidationLayouts =
    [
        ("val.json", "val"),
        ("val/_annotations.coco.json", "val"),
        ("valid/_annotations.coco.json", "valid"),
        ("annotations/lvis_v1_val.json", "."),
        ("annotations/instances_val2017.json", "val2017"),
        ("instances.json", "images"),
    ];

    /// <summary>The training split.</summary>
    /// <param name="folder">The data folder.</param>
    /// <returns>The split.</returns>
    /// <exception cref="DatasetException">No known layout is there; the message lists them.</exception>
    public static DataSplit Training(string folder) => Find(folder, TrainLayouts, "--train-annotations and --train-images");

    /// <summary>The validation split.</summary>
    /// <param name="folder">The data folder.</param>
    /// <returns>The split.</returns>
    /// <exception cref="DatasetException">No known layout is there; the message lists them.</exception>
    public static DataSplit Validation(string folder) =>
        Find(folder, ValidationLayouts, "--validation-annotations and --validation-images");

    /// <summary>The validation split with the training set's frequencies, which rendered data sets have beside the balanced one.</summary>
    /// <param name="folder">The data folder.</param>
    /// <returns>The split; null where the folder has none.</returns>
    public static DataSplit? NaturalValidation(string folder) =>
        File.Exists(Path.Combine(folder, "val_natural.json"))
            ? new DataSplit(Path.Combine(folder, "val_natural.json"), Path.Combine(folder, "val_natural"))
            : null;

    private static DataSplit Find(string folder, (string Annotations, string Images)[] layouts, string remedy)
    {
        if (!Directory.Exists(folder))
        {
            throw new DatasetException($"{folder}: no such data folder.");
        }

        foreach (var (annotations, images) in layouts)
        {
            if (File.Exists(Path.Combine(folder, annotations)))
            {
                return new DataSplit(Path.Combine(folder, annotations), images == "." ? folder : Path.Combine(folder, images));
            }
        }

        throw new DatasetException(
            $"{folder}: holds none of {string.Join(", ", layouts.Select(layout => layout.Annotations))}. Name the files with {remedy}."
        );
    }
}
