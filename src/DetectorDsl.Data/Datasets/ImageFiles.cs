namespace DetectorDsl.Data.Datasets;

/// <summary>Image files by themselves, without annotations.</summary>
public static class ImageFiles
{
    private static readonly string[] Endings = [".jpg", ".jpeg", ".jfif", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".mpo"];

    /// <summary>Whether a file's name ends as those of images that can be read do.</summary>
    /// <param name="path">The file.</param>
    /// <returns>True for such an ending, in capitals or not.</returns>
    public static bool IsNamedSo(string path) => Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>A file, whatever its name, or the images of a folder.</summary>
    /// <param name="path">File, or folder; folders within it are not searched.</param>
    /// <returns>Paths in the order of their names, character by character.</returns>
    /// <exception cref="DatasetException">Nothing is there, or no image; the message says what was looked for.</exception>
    public static IReadOnlyList<string> Find(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        if (!Directory.Exists(path))
        {
            throw new DatasetException($"{path}: no such file or folder.");
        }

        string[] found = [.. Directory.EnumerateFiles(path).Where(IsNamedSo).Order(StringComparer.Ordinal)];
        return found.Length > 0
            ? found
            : throw new DatasetException($"{path}: holds no image ({string.Join(", ", Endings)}). Name a file or another folder.");
    }
}
