namespace DetectorDsl.Data.Importing;

/// <summary>Finds what a data set's own files call by a path: exports are moved, unpacked beside their description, and made on other systems.</summary>
internal static class StatedPath
{
    private const string Up = "../";

    /// <summary>The file or folder of a path.</summary>
    /// <param name="stated">The path as stated: absolute or relative, with slashes or backslashes; <c>../</c> at its beginning may be one too many, as in Roboflow's exports.</param>
    /// <param name="folders">Folders that it may be relative to, the likeliest first.</param>
    /// <returns>The first that exists; null where none does.</returns>
    public static string? Find(string stated, IEnumerable<string> folders) =>
        folders
            .Distinct(StringComparer.Ordinal)
            .SelectMany(folder => Spellings(stated).Select(spelling => Path.GetFullPath(Path.Combine(folder, spelling))))
            .FirstOrDefault(Path.Exists);

    private static IEnumerable<string> Spellings(string stated) =>
        new[] { stated, stated.Replace('\\', '/') }
            .Distinct(StringComparer.Ordinal)
            .SelectMany(path => path.StartsWith(Up, StringComparison.Ordinal) ? [path, path[Up.Length..]] : new[] { path });
}
