using DetectorDsl.Data.Datasets;

namespace DetectorDsl.Data.Importing;

/// <summary>The images of Pascal VOC files: each is called like its XML file, whatever that states.</summary>
/// <remarks>As mmdetection and detectron2 take them.</remarks>
internal sealed class VocImages
{
    private static readonly string[] UsualFolders = ["JPEGImages", "images", "Images"];

    private readonly Dictionary<string, string> byPath = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> byStem = new(StringComparer.OrdinalIgnoreCase);

    private VocImages(string? folder)
    {
        Folder = folder;
        foreach (var file in folder is null ? [] : FolderTree.Files(folder).Where(ImageFiles.IsNamedSo))
        {
            var path = Slashed(Path.GetRelativePath(folder!, file));
            byPath.TryAdd(WithoutEnding(path), path);
            byPath.TryAdd(path, path);

            // A stem that several folders hold says nothing.
            byStem[Path.GetFileNameWithoutExtension(path)] = byStem.ContainsKey(Path.GetFileNameWithoutExtension(path)) ? "" : path;
        }
    }

    /// <summary>The folder that holds the images; null where none is known.</summary>
    public string? Folder { get; }

    /// <summary>Finds the images of a folder of XML files.</summary>
    /// <param name="labels">The folder of the XML files.</param>
    /// <param name="images">The folder of the images; null looks for <c>JPEGImages</c> or <c>images</c> beside <paramref name="labels" />, and for images among the XML files.</param>
    /// <exception cref="DatasetException">The stated folder does not exist.</exception>
    public static VocImages Of(string labels, string? images)
    {
        if (images is not null)
        {
            return Directory.Exists(images)
                ? new VocImages(images)
                : throw new DatasetException($"{images}: no such folder of images. Correct --images.");
        }

        var parent = Path.GetDirectoryName(Path.GetFullPath(Path.TrimEndingDirectorySeparator(labels)));
        return new VocImages(
            UsualFolders.Select(name => Path.Combine(parent ?? labels, name)).FirstOrDefault(Directory.Exists)
                ?? (FolderTree.Files(labels).Any(ImageFiles.IsNamedSo) ? labels : null)
        );
    }

    /// <summary>The image that is called like an XML file.</summary>
    /// <param name="xml">The XML file's path below its folder.</param>
    /// <param name="stated">What it calls its image; may be empty.</param>
    /// <returns>The image's path below <see cref="Folder" />; what it should be called where no folder is known; null where the folder lacks it.</returns>
    public string? Own(string xml, string stated)
    {
        var (own, name) = (WithoutEnding(Slashed(xml)), Slashed(stated));
        return Folder is null
            ? own + (ImageFiles.IsNamedSo(name) ? Path.GetExtension(name) : ".jpg")
            : byPath.GetValueOrDefault(own) ?? (byStem.GetValueOrDefault(Path.GetFileName(own)) is { Length: > 0 } alone ? alone : null);
    }

    /// <summary>The image that an XML file states.</summary>
    /// <param name="stated">What it calls its image; may be empty.</param>
    /// <returns>The image's path below <see cref="Folder" />; null where the folder lacks it.</returns>
    public string? Stated(string stated) => byPath.GetValueOrDefault(Slashed(stated));

    /// <summary>Whether an image is another than the one that its XML file states.</summary>
    public static bool Differs(string image, string stated) =>
        stated.Length > 0 && !Stem(image).Equals(Stem(stated), StringComparison.OrdinalIgnoreCase);

    // A name without an ending may have a full stop within it.
    private static string Stem(string path) => Path.GetFileName(ImageFiles.IsNamedSo(path) ? WithoutEnding(Slashed(path)) : Slashed(path));

    private static string Slashed(string path) => path.Replace('\\', '/');

    private static string WithoutEnding(string path) => path[..^Path.GetExtension(path).Length];
}
