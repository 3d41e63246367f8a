namespace DetectorDsl.Data.Tests;

/// <summary>Where the repository lies, and the folder of real data beside it.</summary>
internal static class RepositoryFolders
{
    public static string Root { get; } = FindRoot();

    /// <summary>A folder of real data; skips the test where there is none, unless DETECTORDSL_SHARED promises one.</summary>
    public static string Shared(string name)
    {
        var promised = Environment.GetEnvironmentVariable("DETECTORDSL_SHARED");
        var path = Path.Combine(promised ?? Path.Combine(Root, "..", "shared"), name);
        Skip.If(promised is null && !Directory.Exists(path), $"no {path}: real data is not part of the repository");
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
