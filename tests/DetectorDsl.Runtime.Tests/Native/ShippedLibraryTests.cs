using System.Diagnostics;
using DetectorDsl.Native;
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
        var runs = await Task.WhenAll(Start(cache.Path, StartedProcess.Argument), Start(cache.Path, StartedProcess.Argument));
        Assert.All(runs, run => Assert.True(run.Code == 0 && run.Output.Contains("sum 3", StringComparison.Ordinal), run.Output));
    }

    [Theory]
    [InlineData("evaluate --annotations {0}/truth.json --results {0}/results.json --rules coco --iou-type bbox --json {0}/scores.json")]
    [InlineData("describe")]
    [InlineData("train --help")]
    public async Task WhatNeedsNoTensor_DoesNotLoadTorch(string arguments)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            folder.File("truth.json"),
            """
            {"images": [{"id": 1, "width": 9, "height": 9, "file_name": "a"}], "categories": [{"id": 1, "name": "a"}],
             "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 1, 4, 4], "area": 16, "iscrowd": 0}]}
            """
        );
        File.WriteAllText(folder.File("results.json"), """[{"image_id": 1, "category_id": 1, "bbox": [1, 1, 4, 4], "score": 0.5}]""");
        var (code, output) = await Start(
            folder.Path,
            [.. arguments.Split(' ').Select(word => string.Format(System.Globalization.CultureInfo.InvariantCulture, word, folder.Path))]
        );
        Assert.True(code == 0 && output.Contains("torch loaded: False", StringComparison.Ordinal), output);
    }

    private static string Shipped()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "TorchSharp's library has symbol versions on Linux only.");
        var path = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
        Skip.IfNot(File.Exists(path), $"{path} is absent.");
        return path;
    }

    private static async Task<(int Code, string Output)> Start(string cache, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(StartedProcess).Assembly.Location, .. arguments])
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
