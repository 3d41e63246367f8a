using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace DetectorDsl.Generators.Tests.Helpers;

/// <summary>What both kinds of snapshots share: what is kept out of them, and where they lie.</summary>
internal static partial class SnapshotText
{
    /// <summary>Hides the generator's version, which changes with every release.</summary>
    public static string Scrub(string text) => GeneratedCodeVersion().Replace(text, "$1\"{version}\"").Replace("\r\n", "\n");

    /// <summary>The folder of the snapshots of a test's source file.</summary>
    /// <remarks>A deterministic build hides the checkout's path, so the part below the repository's root is what counts.</remarks>
    public static string FolderOf(string sourceFile)
    {
        const string tests = "tests/DetectorDsl.";
        var path = sourceFile.Replace('\\', '/');
        var relative = path[path.LastIndexOf(tests, StringComparison.Ordinal)..];
        return Path.GetDirectoryName(Repository.Path(relative))!;
    }

    /// <summary>Snapshots are accepted automatically on a developer's machine only.</summary>
    [ModuleInitializer]
    internal static void BeStrictOnBuildServers()
    {
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
        {
            Environment.SetEnvironmentVariable("SNAPSHOOTER_STRICT_MODE", "true");
        }
    }

    [GeneratedRegex("""(GeneratedCode(?:Attribute)?\("[^"]*", )"[^"]*"(?=\))""")]
    private static partial Regex GeneratedCodeVersion();
}
