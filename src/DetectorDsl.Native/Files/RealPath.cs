namespace DetectorDsl.Native.Files;

/// <summary>Where a path leads once every link on the way is followed.</summary>
internal static class RealPath
{
    // As systems allow it; a ring of links ends here.
    private const int MostLinks = 40;

    private static readonly StringComparison Comparison = OperatingSystem.IsLinux()
        ? StringComparison.Ordinal
        : StringComparison.OrdinalIgnoreCase;

    /// <summary>The path without links; parts that do not exist stay as they are.</summary>
    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        for (var links = 0; links < MostLinks && FirstLink(full) is { } link; links++)
        {
            full = Path.GetFullPath(
                Path.Combine(
                    Path.GetDirectoryName(link.Path)!,
                    link.Target,
                    full[link.Path.Length..].TrimStart(Path.DirectorySeparatorChar)
                )
            );
        }

        return full;
    }

    /// <summary>Whether a path is a folder's or one below it.</summary>
    public static bool IsWithin(string folder, string path) =>
        path.Equals(folder, Comparison)
        || path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, Comparison);

    private static (string Path, string Target)? FirstLink(string full)
    {
        var root = Path.GetPathRoot(full)!;
        for (var end = root.Length; end <= full.Length; end++)
        {
            if (end == full.Length || full[end] == Path.DirectorySeparatorChar)
            {
                var part = full[..end];
                if (new FileInfo(part).LinkTarget is { } target)
                {
                    return (part, target);
                }
            }
        }

        return null;
    }
}
