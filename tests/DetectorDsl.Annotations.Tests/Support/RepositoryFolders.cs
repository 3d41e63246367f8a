namespace DetectorDsl.Annotations.Tests.Support;

/// <summary>Where the repository lies, and the folder of reference values beside it.</summary>
internal static class RepositoryFolders
{
    public static string Root { get; } = FindRoot();

    /// <summary>A folder of reference values; skips the test where there is none, unless DETECTORDSL_SHARED promises one.</summary>
    public static string Shared(string name)
    {
        var promised = Environment.GetEnvironmentVariable("DETECTORDSL_SHARED");
        var path = Path.Combine(promised ?? Path.Combine(Root, "..", "shared"), name);
        Skip.If(promised is null && !Directory.Exists(path), $"no {path}: the reference values are not part of the repository");
        Assert.True(Directory.Exists(path), $"DETECTORDSL_SHARED is set, but {path} does not exist.");
        return path;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DetectorDsl.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No DetectorDsl.sln above {AppContext.BaseDirectory}.");
        }

        return folder.FullName;
    }
}
