using DetectorDsl.Data.Rendering;
using DetectorDsl.Hosting.Trainers;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting;

/// <summary>The tests of this class change the process's environment, one after the other.</summary>
public sealed class DataCacheTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string? before = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");

    public DataCacheTests() => Environment.SetEnvironmentVariable("XDG_CACHE_HOME", folder.Path);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", before);
        folder.Dispose();
    }

    [Fact]
    public void Rendered_IsWrittenOnceForAllWhoAsk()
    {
        var folders = new string[3];
        Parallel.For(0, 3, i => folders[i] = DataCache.Rendered(RenderedStep.Small, 5));

        Assert.All(folders, found => Assert.Equal(folder.File("detectordsl/rendered/small-5"), found));
        Assert.True(File.Exists(Path.Combine(folders[0], "train.json")));
        var written = File.GetLastWriteTimeUtc(Path.Combine(folders[0], "train.json"));

        DataCache.Rendered(RenderedStep.Small, 5);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(folders[0], "train.json")));
    }

    [Fact]
    public void Rendered_CancelledWhileAnotherWrites_Ends()
    {
        Directory.CreateDirectory(folder.File("detectordsl/rendered"));
        using var held = new FileStream(
            folder.File("detectordsl/rendered/small-6.lock"),
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.None
        );
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        Assert.ThrowsAny<OperationCanceledException>(() => DataCache.Rendered(RenderedStep.Small, 6, null, cancellation.Token));
    }

    [Fact]
    public void CacheThatCannotBeWritten_IsPassedOver()
    {
        File.WriteAllText(folder.File("a file"), "");
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", folder.File("a file"));
        var home = Environment.GetEnvironmentVariable("HOME");
        Environment.SetEnvironmentVariable("HOME", folder.Path);
        try
        {
            Assert.Equal(folder.File(".cache/detectordsl/rendered/small-7"), DataCache.Rendered(RenderedStep.Small, 7));
        }
        finally
        {
            Environment.SetEnvironmentVariable("HOME", home);
        }
    }

    [Fact]
    public void WithoutAnyFolder_AnnotationsAreReadAllTheSame()
    {
        File.WriteAllText(
            folder.File("truth.json"),
            """
            {"images": [{"id": 1, "width": 9, "height": 9, "file_name": "a"}], "categories": [{"id": 1, "name": "a"}], "annotations": []}
            """
        );
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", "/dev/null");
        var (home, current) = (Environment.GetEnvironmentVariable("HOME"), Directory.GetCurrentDirectory());
        Environment.SetEnvironmentVariable("HOME", "/dev/null");
        Directory.SetCurrentDirectory(folder.Path);
        try
        {
            Assert.Single(DataCache.Annotations().Read(folder.File("truth.json")).Images);
            Assert.False(Directory.Exists(folder.File("out")));
        }
        finally
        {
            Directory.SetCurrentDirectory(current);
            Environment.SetEnvironmentVariable("HOME", home);
        }
    }
}
