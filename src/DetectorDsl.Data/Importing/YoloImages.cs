using System.Collections.Immutable;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;

namespace DetectorDsl.Data.Importing;

/// <summary>The images of a YOLO data set, and where their text files lie.</summary>
public sealed class YoloImages
{
    private static readonly string[] ByProducts = [".cache", ".npy", ".yaml", ".yml"];

    private YoloImages(
        string folder,
        ImmutableArray<YoloImage> images,
        ImmutableArray<string> others,
        ImmutableArray<string> textFolders
    ) => (Folder, Images, Others, TextFolders) = (folder, images, others, textFolders);

    /// <summary>The folder that the images' names are relative to.</summary>
    public string Folder { get; }

    /// <summary>The images.</summary>
    public ImmutableArray<YoloImage> Images { get; }

    /// <summary>Files among the images that are none of a kind that is read.</summary>
    public ImmutableArray<string> Others { get; }

    /// <summary>Folders of the text files: each of theirs belongs to one of the images.</summary>
    public ImmutableArray<string> TextFolders { get; }

    /// <summary>Finds the images of a part.</summary>
    /// <param name="sources">Folders of images, with all folders below, or text files that list images, one a line: absolute, or relative to that file or to
    /// <paramref name="root" />.</param>
    /// <param name="root">The data set's folder.</param>
    /// <param name="labels">Folder of the text files, in folders of the images' names; null where they lie as <see cref="Labels" /> says.</param>
    /// <returns>The images in the order of their paths.</returns>
    /// <exception cref="AnnotationException">The label folder does not exist, or a list cannot be read.</exception>
    /// <exception cref="DatasetException">A source does not exist, or none holds an image.</exception>
    public static YoloImages Find(IReadOnlyList<string> sources, string root, string? labels)
    {
        ArgumentNullException.ThrowIfNull(sources);
        if (labels is not null && !Directory.Exists(labels))
        {
            throw new AnnotationException($"{labels}: no such folder of YOLO's text files. Name it with --labels.");
        }

        var files = new SortedSet<string>(StringComparer.Ordinal);
        List<string> others = [],
            textFolders = labels is null ? [] : [labels];
        foreach (var source in sources.Distinct(StringComparer.Ordinal))
        {
            if (Directory.Exists(source))
            {
                var texts = labels ?? Labels(Path.GetFullPath(source));
                var found = FolderTree.Files(source);
                files.UnionWith(found.Where(ImageFiles.IsNamedSo));
                others.AddRange(
                    found.Where(file => !ImageFiles.IsNamedSo(file) && !IsByProduct(file) && !(IsText(file) && IsBelow(file, texts)))
                );
                textFolders.Add(texts);
            }
            else if (File.Exists(source))
            {
                files.UnionWith(Listed(source, root));
            }
            else
            {
                throw new DatasetException($"{source}: no such file or folder.");
            }
        }

        if (files.Count == 0)
        {
            throw new DatasetException($"{string.Join(", ", sources)}: holds no image. Name another folder with --images.");
        }

        var shared = sources is [var only] && Directory.Exists(only) ? only : Shared(files);
        return new YoloImages(
            shared,
            [
                .. files.Select(file => new YoloImage(
                    file,
                    Name(shared, file),
                    Path.ChangeExtension(labels is null ? Labels(Path.GetFullPath(file)) : Path.Combine(labels, Name(shared, file)), ".txt")
                )),
            ],
            [.. others],
            [.. textFolders.Distinct(StringComparer.Ordinal)]
        );
    }

    /// <summary>Where the text files of images lie: YOLO replaces the last folder named <c>images</c> by <c>labels</c>.</summary>
    /// <param name="path">An image, or a folder of images.</param>
    /// <returns>The same path below <c>labels</c>; <paramref name="path" /> itself where no folder of it is named <c>images</c>.</returns>
    public static string Labels(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var parts = Path.TrimEndingDirectorySeparator(path).Split(Path.DirectorySeparatorChar);
        var place = Array.LastIndexOf(parts, "images");
        return place < 0 ? path : string.Join(Path.DirectorySeparatorChar, [.. parts[..place], "labels", .. parts[(place + 1)..]]);
    }

    /// <summary>Whether a file is one that tools of YOLO leave beside labels: lists of classes, caches, settings.</summary>
    internal static bool IsByProduct(string file) =>
        ByProducts.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase) || Path.GetFileName(file) is "classes.txt";

    internal static bool IsText(string file) => Path.GetExtension(file).Equals(".txt", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Listed(string list, string root)
    {
        string[] lines;
        try
        {
            lines = InputText.Lines(list);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AnnotationException($"{list}: cannot be read: {exception.Message}");
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(list))!;
        return lines
            .Select(line => line.Trim())
            .Where(line => line.Length > 0 && !line.Contains('\0'))
            .Select(line => StatedPath.Find(line, [folder, root]) ?? Path.GetFullPath(Path.Combine(folder, line)));
    }

    private static string Name(string folder, string file) => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');

    private static bool IsBelow(string file, string folder) =>
        Path.GetFullPath(file).StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // The deepest folder that holds all of them.
    private static string Shared(SortedSet<string> files)
    {
        var (first, last) = (Path.GetDirectoryName(Path.GetFullPath(files.Min!))!, Path.GetFullPath(files.Max!));
        while (!IsBelow(last, first) && Path.GetDirectoryName(first) is { } parent)
        {
            first = parent;
        }

        return first;
    }
}
