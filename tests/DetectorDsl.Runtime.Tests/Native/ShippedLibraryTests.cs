using System.Diagnostics;
using DetectorDsl.Runtime.Native;
using DetectorDsl.Runtime.Tests.Support;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Native;

/// <summary>The library that TorchSharp ships for Linux.</summary>
public sealed class ShippedLibraryTests
{
    [SkippableFact]
    public void ItsUnusedVersionIsFound()
    {
        var elf = ElfVersionNeeds.Parse(File.ReadAllBytes(Shipped()));
        var newest = Assert.Single(elf.Needs, need => need.Version == "GLIBCXX_3.4.32");
        Assert.False(elf.IsReferenced(newest));
        Assert.True(elf.IsReferenced(Assert.Single(elf.Needs, need => need.Version == "GLIBCXX_3.4")));
    }

    // Two processes start at once with an empty cache: both tensors are made.
    [SkippableFact]
    public async Task TwoProcessesStartingAtOnce_BothRun()
    {
        Shipped();
        using var cache = new TemporaryFolder();
        var runs = await Task.WhenAll(Start(cache.Path), Start(cache.Path));
        Assert.All(runs, run => Assert.True(run.Code == 0 && run.Output.Contains("sum 3", StringComparison.Ordinal), run.Output));
    }

    private static string Shipped()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "TorchSharp's library has symbol versions on Linux only.");
        var path = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
        Skip.IfNot(File.Exists(path), $"{path} is absent.");
        return path;
    }

    private static async Task<(int Code, string Output)> Start(string cache)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(StartedProcess).Assembly.Location, StartedProcess.Argument])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["XDG_CACHE_HOME"] = cache },
        };
        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(output));
    }
}
