using DetectorDsl.Native.Files;
using DetectorDsl.Runtime.Tests.Support;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Weights;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string path;

    public AtomicFileTests() => path = folder.File("result.json");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ContentAppearsWhole()
    {
        AtomicFile.Write(path, stream =>
        {
            stream.Write("one"u8);
            Assert.False(File.Exists(path));
        });
        AtomicFile.Write(path, stream => stream.Write("two"u8));
        Assert.Equal("two", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void FullDisk_LeavesWhatWasThere()
    {
        AtomicFile.Write(path, stream => stream.Write("one"u8));
        var error = Assert.Throws<IOException>(() => AtomicFile.Write(path, stream =>
            {
                stream.Write("half of it"u8);
                throw new IOException("No space left on device");
            }));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("No space left on device", error.Message, StringComparison.Ordinal);
        Assert.Contains("Free space", error.Message, StringComparison.Ordinal);
        Assert.Equal("one", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void OtherErrors_PassThroughAndLeaveNothing()
    {
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, _ => throw new InvalidOperationException("no")));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void MissingFolder_IsExplained()
    {
        var lost = Path.Combine(folder.Path, "absent", "result.json");
        var error = Assert.Throws<IOException>(() => AtomicFile.Write(lost, stream => stream.Write("one"u8)));
        Assert.StartsWith(lost, error.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be written", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FolderOfThatName_StaysAsItIs()
    {
        Directory.CreateDirectory(path);
        Assert.StartsWith(
            path,
            Assert.Throws<IOException>(() => AtomicFile.Write(path, stream => stream.Write("one"u8))).Message,
            StringComparison.Ordinal
        );
        Assert.Empty(Directory.GetFiles(folder.Path));
    }
}
