namespace DetectorDsl.Generators.Tests.Helpers;

/// <summary>Places in the checkout.</summary>
internal static class Repository
{
    /// <summary>The folder that holds DetectorDsl.sln.</summary>
    public static string Root { get; } = FindRoot();

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "DetectorDsl.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No DetectorDsl.sln in any folder above {AppContext.BaseDirectory}.");
    }
}
