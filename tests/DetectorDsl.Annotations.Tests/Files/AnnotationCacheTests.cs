using DetectorDsl.Annotations.Tests.Support;

namespace DetectorDsl.Annotations.Tests.Files;

/// <summary>What is kept of a file is used only while it is the file's content.</summary>
public sealed class AnnotationCacheTests : IDisposable
{
    private const string Text = """
        {"info": {"year": 2026}, "images": [{"id": 1, "file_name": "a.jpg", "width": 12, "height": 9, "license": 3, "neg_category_ids": [2], "not_exhaustive_category_ids": [1]}],
         "annotations": [
          {"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4.5], "area": 13.5, "iscrowd": 1, "ignore": 1, "keypoints": [1, 2]},
          {"id": 2, "image_id": 1, "category_id": "b", "bbox": [1, 2, 3, 4], "segmentation": {"size": [9, 12], "counts": [5, 3, 100]}},
          {"id": 2, "image_id": 1, "category_id": "b", "bbox": [1, 2, 3, 4], "segmentation": [[1, 2, 4, 2, 4, 6.5], [0, 0, 1, 0, 1, 1]]},
          {"id": 4, "image_id": 7, "category_id": "b", "bbox": [1, 2, 3, 4]}],
         "categories": [{"id": 1, "name": "a", "frequency": "f", "image_count": 1}, {"id": "b", "name": "bé", "supercategory": "c", "instance_count": 0}]}
        """;

    private readonly TemporaryFolder folder = new();
    private readonly string file;
    private readonly AnnotationCache cache;

    public AnnotationCacheTests()
    {
        file = folder.Write("a.json", Text);
        cache = new AnnotationCache(folder.Path, 0);
    }

    private string Entry => cache.EntryOf(file)!;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void WhatIsKept_IsWhatWasRead()
    {
        cache.Read(file);
        Assert.True(File.Exists(Entry));
        var (expected, kept) = (AnnotationReader.Read(file), CacheEntry.TryRead(Entry, FileFingerprint.Of(file), file)!);

        Assert.Equal(expected.Annotations.AsEnumerable(), kept.Annotations);
        Assert.Equal([1L, 2L, 5L], kept.Annotations.Select(annotation => annotation.Id));
        Assert.Equal([true, false, false], kept.Annotations.Select(annotation => annotation.IsIgnored));
        Assert.Equal([true, false, false], kept.Annotations.Select(annotation => annotation.Extra?.Has("keypoints") ?? false));
        Assert.Equal((3, 1, 1), (kept.ProblemCount, kept.Renumbered, kept.LeftOut));
        Assert.Equal(expected.Extra, kept.Extra);
        Assert.True(kept.Extra!.Has("info"));
        Assert.Equal((true, true), (kept.Images[0].StatesNegatives, kept.Images[0].Extra!.Has("license")));
        Assert.Equal((null, "b"), ((string?)kept.Categories[0].StatedId, kept.Categories[1].StatedId));
        Assert.Equal(expected.Categories.AsEnumerable(), kept.Categories);
        Assert.Equal(expected.Problems.AsEnumerable(), kept.Problems);
        Assert.Equal(3, kept.Problems.Length);
        Assert.Equal((1, "a.jpg", 12, 9), (kept.Images[0].Id, kept.Images[0].FileName, kept.Images[0].Width, kept.Images[0].Height));
        Assert.Equal([2], kept.Images[0].NegativeCategoryIds.AsEnumerable());
        Assert.Equal([1], kept.Images[0].NotExhaustiveCategoryIds.AsEnumerable());
    }

    [Fact]
    public void ASecondReading_TakesWhatIsKept()
    {
        cache.Read(file);
        CacheEntry.TryWrite(Entry, FileFingerprint.Of(file), AnnotationReader.Read(file) with { Annotations = [] });
        Assert.Empty(cache.Read(file).Annotations);
    }

    [Fact]
    public void AChangeThatKeepsLengthAndTime_IsNoticed()
    {
        cache.Read(file);
        var time = File.GetLastWriteTimeUtc(file);
        folder.Write("a.json", Text.Replace("4.5", "5.5", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(file, time);
        Assert.Equal(5.5, cache.Read(file).Annotations[0].Box.Height);
    }

    [Fact]
    public void AChangeOfTheTimeAlone_IsNoticed()
    {
        cache.Read(file);
        CacheEntry.TryWrite(Entry, FileFingerprint.Of(file), AnnotationReader.Read(file) with { Annotations = [] });
        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddSeconds(1));
        Assert.Equal(3, cache.Read(file).Annotations.Length);
    }

    [Fact]
    public void EveryDamagedByte_IsNoticed_AndTheEntryWrittenAnew()
    {
        cache.Read(file);
        var good = File.ReadAllBytes(Entry);
        for (var place = 0; place < good.Length; place++)
        {
            var bad = good.AsSpan().ToArray();
            bad[place] ^= 64;
            File.WriteAllBytes(Entry, bad);
            Assert.Null(CacheEntry.TryRead(Entry, FileFingerprint.Of(file), file));
        }

        Assert.Equal(3, cache.Read(file).Annotations.Length);
        Assert.Equal(good, File.ReadAllBytes(Entry));
    }

    [Fact]
    public void AnEntryThatIsCutOff_IsNotUsed()
    {
        cache.Read(file);
        var good = File.ReadAllBytes(Entry);
        foreach (var length in new[] { 0, 5, 40, 60, good.Length / 2, good.Length - 1 })
        {
            File.WriteAllBytes(Entry, good[..length]);
            Assert.Null(CacheEntry.TryRead(Entry, FileFingerprint.Of(file), file));
        }
    }

    [Fact]
    public void SeveralAtOnce_AllReadTheFile()
    {
        Parallel.For(0, 32, _ => Assert.Equal(3, new AnnotationCache(folder.Path, 0).Read(file).Annotations.Length));
        Assert.Equal(
            [Path.Combine(folder.Path, FileManifest.Name), Entry, file],
            Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void ThePartOfAKilledProgramIsRemoved_AndNothingElse()
    {
        var (left, ofOthers, inUse) = (
            folder.Write("a.1.1.tmp", "half"),
            folder.Write("b.1.1.tmp", "own"),
            folder.Write("c.1.1.tmp", "half")
        );
        folder.Write(FileManifest.Name, "\"a.1.1.tmp\"\n\"c.1.1.tmp\"\n");
        using (new FileStream(inUse, FileMode.Open, FileAccess.Write, FileShare.None))
        {
            cache.Read(file);
        }

        Assert.False(File.Exists(left));
        Assert.True(File.Exists(ofOthers));
        Assert.True(File.Exists(inUse));
        Assert.Contains(".tmp", File.ReadAllLines(Path.Combine(folder.Path, FileManifest.Name))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderThatCannotBeWritten_IsDoneWithout() =>
        Assert.Equal(3, new AnnotationCache(Path.Combine(folder.Path, "missing"), 0).Read(file).Annotations.Length);

    [Fact]
    public void ABadFile_IsRefusedAsEver()
    {
        Assert.Throws<AnnotationException>(() => cache.Read(folder.Write("bad.json", "{")));
        Assert.Throws<AnnotationException>(() => cache.Read(Path.Combine(folder.Path, "missing.json")));
        Assert.Equal([file, Path.Combine(folder.Path, "bad.json")], Directory.GetFiles(folder.Path).Order());
    }

    [Fact]
    public void ASmallFile_IsNotKept()
    {
        new AnnotationCache(folder.Path).Read(file);
        Assert.False(File.Exists(Entry));
    }

    [Fact]
    public void AChangeOfALargeFilesFirstOrLastByte_ChangesItsFingerprint()
    {
        var bytes = new byte[3_000_000];
        var path = folder.Write("large", bytes);
        var before = FileFingerprint.Of(path);
        bytes[^1] = 1;
        Assert.NotEqual(before.Sample, FileFingerprint.Of(folder.Write("large", bytes)).Sample);
        (bytes[^1], bytes[0]) = (0, 1);
        Assert.NotEqual(before.Sample, FileFingerprint.Of(folder.Write("large", bytes)).Sample);
        bytes[0] = 0;
        Assert.Equal(before.Sample, FileFingerprint.Of(folder.Write("large", bytes)).Sample);
    }
}
