using Xunit;

namespace DetectorDsl.Generators.Tests.Helpers;

/// <summary>Real data beside the repository, which is not part of it.</summary>
internal static class SharedData
{
    /// <summary>Text of a file; skips the test where the folder is absent, unless DETECTORDSL_SHARED promises one.</summary>
    public static string Read(string relative)
    {
        var promised = Environment.GetEnvironmentVariable("DETECTORDSL_SHARED");
        var folder = promised ?? Path.Combine(Repository.Root, "..", "shared");
        Skip.If(promised is null && !Directory.Exists(folder), $"no {folder}: real data is not part of the repository");
        return File.ReadAllText(Path.Combine(folder, relative));
    }
}
