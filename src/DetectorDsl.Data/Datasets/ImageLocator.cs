namespace DetectorDsl.Data.Datasets;

/// <summary>Finds the files of images below a folder.</summary>
/// <remarks>
/// LVIS names images by COCO's folder and file (<c>train2017/000000391895.jpg</c>), and its validation set lies in both <c>train2017</c> and
/// <c>val2017</c>; its first edition has names with a prefix (<c>COCO_train2014_000000391895.jpg</c>). The folder may be the one that holds these
/// folders, its parent beside <c>images</c>, or one of them.
/// </remarks>
/// <param name="folder">The folder that names are relative to.</param>
internal sealed class ImageLocator(string folder)
{
    private const string OldPrefix = "COCO_";
    private const int OldNameLength = 16;

    private static readonly string[] CocoFolders = ["train2017", "val2017"];

    private readonly ForeignNames foreign = new(folder);
    private readonly string own = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));

    /// <summary>Where an image lies; where it should lie if it is nowhere.</summary>
    public string PathOf(string name) => Find(name).Path;

    /// <summary>Where an image lies, and whether its file has another name than the annotations say.</summary>
    public (string Path, bool IsForeign) Find(string name)
    {
        var usual = Path.Combine(folder, name);
        return (File.Exists(usual) ? usual : Others(name).FirstOrDefault(File.Exists)) is { } found ? (found, false)
            : foreign.Find(name) is { } other ? (other, true)
            : (usual, false);
    }

    /// <summary>A file that an image's name may have meant, though its ending is another; null where there is none.</summary>
    public string? Likely(string name) => foreign.Likely(name);

    /// <summary>Whether a name is of LVIS's form, whose annotations are distributed without the images.</summary>
    public static bool IsOfLvis(string name) => CocoFolders.Any(coco => name.StartsWith(coco + "/", StringComparison.Ordinal));

    private IEnumerable<string> Others(string name)
    {
        if (name.StartsWith(OldPrefix, StringComparison.Ordinal) && name.Length > OldNameLength)
        {
            var file = name[^OldNameLength..];
            return [Path.Combine(folder, file), .. CocoFolders.Select(coco => Path.Combine(folder, coco, file))];
        }

        return !IsOfLvis(name) ? []
            : CocoFolders.Contains(own, StringComparer.Ordinal) ? [Path.GetFullPath(Path.Combine(folder, "..", name))]
            : [Path.Combine(folder, "images", name)];
    }
}
