using System.Diagnostics;
using System.IO.Compression;
using DetectorDsl.Generators.Tests.Helpers;

namespace DetectorDsl.Generators.Tests.Packaging;

/// <summary>The generator's package, packed from what was built for these tests, and unpacked.</summary>
public sealed class PackedGenerator : IDisposable
{
    private static readonly string Configuration = Path.GetFileName(
        Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))
    )!;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("detectordsl-package-");

    public PackedGenerator()
    {
        var project = Repository.Path("generators/DetectorDsl.Generators/DetectorDsl.Generators.csproj");
        Run("pack", project, "--no-build", "--configuration", Configuration, "--output", folder.FullName, "--nologo", "-nodeReuse:false");
        ZipFile.ExtractToDirectory(folder.EnumerateFiles("*.nupkg").Single().FullName, Folder);
    }

    /// <summary>The unpacked package.</summary>
    public string Folder => Path.Combine(folder.FullName, "package");

    /// <summary>What a compiler is handed.</summary>
    public IReadOnlyList<string> Analyzers =>
        [.. Directory.EnumerateFiles(Path.Combine(Folder, "analyzers", "dotnet", "cs")).Order(StringComparer.Ordinal)];

    /// <summary>A new folder that goes with this object.</summary>
    public string NewFolder() => folder.CreateSubdirectory(Path.GetRandomFileName()).FullName;

    /// <summary>Runs <c>dotnet</c>, the one of this process; returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it printed.</exception>
    public static string Run(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Sdk.Root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + error.GetAwaiter().GetResult();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}");
    }

    public void Dispose() => folder.Delete(recursive: true);
}
