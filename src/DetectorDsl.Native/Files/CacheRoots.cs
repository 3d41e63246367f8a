namespace DetectorDsl.Native.Files;

/// <summary>Where a user's programs keep what they can make again.</summary>
internal static class CacheRoots
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Full paths, the best first: XDG_CACHE_HOME, <c>~/.cache</c>, the user's folder for local data. None of them need exist.</summary>
    public static IEnumerable<string> All =>
        new[]
        {
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME"),
            Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home ? Path.Combine(home, ".cache") : null,
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData),
        }
            .OfType<string>()
            .Where(Path.IsPathFullyQualified);

    /// <summary>The first of our folders for something, under the roots, that can be written; made where it is missing.</summary>
    /// <param name="kind">Name of the folder, below <c>detectordsl</c>.</param>
    /// <returns>The folder; null where none can be written.</returns>
    public static string? Writable(string kind) => All.Select(root => Below(root, kind)).FirstOrDefault(IsWritable);

    /// <summary>Our folder for something under a root.</summary>
    /// <param name="root">The root.</param>
    /// <param name="kind">Name of the folder.</param>
    public static string Below(string root, string kind) => Path.Combine(root, "detectordsl", kind);

    /// <summary>Makes a folder and the one above it; where they are new, nobody else is let into them.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static void CreateOwn(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!, OwnerOnly);
            Directory.CreateDirectory(path, OwnerOnly);
        }
    }

    /// <summary>Whether files can be made in a folder, which is made where it is missing.</summary>
    /// <param name="folder">The folder.</param>
    public static bool IsWritable(string folder)
    {
        try
        {
            CreateOwn(folder);
            var probe = Path.Combine(folder, $".{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.tmp");
            using var file = new FileStream(probe, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
