using DetectorDsl.Data.Datasets;

namespace DetectorDsl.Data.Tests.Datasets;

public sealed class ImageFilesTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AFolderGivesItsImagesInOrder()
    {
        foreach (var name in new[] { "b.JPG", "a.png", "c.webp", "notes.txt", "d.json" })
        {
            File.WriteAllText(folder[name], "");
        }

        Directory.CreateDirectory(folder["inner.jpg"]);
        Assert.Equal([folder["a.png"], folder["b.JPG"], folder["c.webp"]], ImageFiles.Find(folder.Path));
    }

    [Fact]
    public void AFileGivesItself_WhateverItsName()
    {
        File.WriteAllText(folder["upload"], "");
        Assert.Equal([folder["upload"]], ImageFiles.Find(folder["upload"]));
    }

    [Fact]
    public void NothingThere_SaysSo()
    {
        Assert.Equal(
            $"{folder["gone"]}: no such file or folder.",
            Assert.Throws<DatasetException>(() => ImageFiles.Find(folder["gone"])).Message
        );
        Assert.Contains(
            "holds no image (.jpg,",
            Assert.Throws<DatasetException>(() => ImageFiles.Find(folder.Path)).Message,
            StringComparison.Ordinal
        );
    }
}
