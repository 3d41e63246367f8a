namespace DetectorDsl.Runtime.CommandLine;

/// <summary>The images that a person named, by file or by folder.</summary>
internal static class ImageFiles
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif"];

    /// <summary>Files in the order named, those of a folder in the order of their names.</summary>
    /// <exception cref="BadInputException">A name stands for nothing, or a folder holds no image.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> names)
    {
        var files = new List<string>();
        foreach (var name in names)
        {
            if (Directory.Exists(name))
            {
                var inside = Directory.EnumerateFiles(name).Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).ToList();
                files.AddRange(inside.Count > 0 ? inside : throw new BadInputException($"{name}: the folder holds no image ({string.Join(", ", Extensions)})."));
            }
            else
            {
                files.Add(File.Exists(name) ? name : throw new BadInputException($"{name}: no such image or folder."));
            }
        }

        return files;
    }

    /// <summary>A name for the picture of each file; files of one name from several folders get a number.</summary>
    public static IReadOnlyList<string> PictureNames(IReadOnlyList<string> files)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var names = new List<string>(files.Count);
        foreach (var file in files)
        {
            var stem = Path.GetFileNameWithoutExtension(file);
            var name = stem;
            for (var number = 2; !taken.Add(name); number++)
            {
                name = $"{stem}-{number}";
            }

            names.Add(name + ".jpg");
        }

        return names;
    }
}
