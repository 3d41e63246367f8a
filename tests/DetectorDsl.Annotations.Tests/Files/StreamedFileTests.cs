using System.Text;
using System.Text.Json;
using DetectorDsl.Annotations.LargeFiles;
using DetectorDsl.Annotations.Tests.Support;

namespace DetectorDsl.Annotations.Tests.Files;

/// <summary>Files larger than the window that they are read through.</summary>
public class StreamedFileTests
{
    private const string Unusual = """
        {"unknown": [1, {"a": [true, null, "x"]}, 2.5e3], "annotations": [
          {"extra": {"deep": [[1, 2], {"b": 3}]}, "id": 5, "image_id": 1, "category_id": 2, "bbox": [1, 2, 3, 4], "segmentation": [[1.25, 2.5, 3.75, 4.125, -5.0625, 6.03125], [0.1, 0.2, 1e1, 20.30, 7, 123456789.123456789]]},
          {"segmentation": "none", "id": 6, "image_id": 1, "category_id": 2, "bbox": [1, 2, 3, 4]}],
         "images": [{"id": 1, "license": {"name": "free"}, "file_name": "caf\u00e9.jpg", "width": 12, "height": 9}], "more": "x", "categories": [{"id": 2, "synonyms": ["a", "b"], "name": "b"}]}
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(4096)]
    public void TheWindowsSize_DoesNotMatter(int size)
    {
        var parser = new AnnotationFileParser(new ProblemList("a.json"), size);
        parser.Parse(new MemoryStream(Encoding.UTF8.GetBytes("\uFEFF" + Unusual)));

        Assert.Equal((12, 9, "café.jpg"), (parser.Images[0].Width, parser.Images[0].Height, parser.Images[0].FileName));
        Assert.Equal([5L, 6L], parser.Annotations.Select(annotation => annotation.Id!.Value));
        var rings = Assert.IsType<RawRings>(parser.Annotations[0].Segmentation).Valid!.Rings;
        Assert.Equal([1.25, 2.5, 3.75, 4.125, -5.0625, 6.03125], rings[0].AsEnumerable());
        Assert.Equal([0.1, 0.2, 10, 20.3, 7, 123456789.123456789], rings[1].AsEnumerable());
        Assert.Equal("b", parser.Categories[0].Name);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(1 << 16)]
    public void AStreamThatGivesLittleAtATime_IsReadToItsEnd(int window)
    {
        foreach (var most in (int[])[1, 2, 3, 31])
        {
            var parser = new AnnotationFileParser(new ProblemList("a.json"), window);
            parser.Parse(new SlowStream(Encoding.UTF8.GetBytes("\uFEFF" + Unusual), most));

            Assert.Equal([5L, 6L], parser.Annotations.Select(annotation => annotation.Id!.Value));
            Assert.Equal("b", parser.Categories[0].Name);
        }
    }

    [Fact]
    public void AnEntryLargerThanTheWindow_IsHeldWhole_InABufferOfItsSize()
    {
        // The last entry is read by the general reader only after the window has grown to it; the first leaves the window in its midst.
        var ring = string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"{i % 90}.25"));
        var text = Encoding.UTF8.GetBytes(
            $$"""
            {"images":[{"id":1,"file_name":"a","width":99,"height":99}],"categories":[{"id":1,"name":"a"}],"annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4]},
            {"id":2,"image_id":1,"category_id":1,"bbox":[1,2,3,4],"segmentation":[[{{ring}}]]},{"id":3,"image_id":1,"category_id":1,"bbox":[1,2,3,4],"unknown":[[{{ring}}]]}]}
            """
        );
        var before = GC.GetAllocatedBytesForCurrentThread();
        var parser = new AnnotationFileParser(new ProblemList("a.json"), 64);
        parser.Parse(new MemoryStream(text));

        Assert.Equal([1L, 2L, 3L], parser.Annotations.Select(annotation => annotation.Id!.Value));
        Assert.Equal(50_000, Assert.IsType<RawRings>(parser.Annotations[1].Segmentation).Valid!.Rings[0].Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 12L * text.Length);
    }

    [Theory]
    [InlineData("", "JsonReaderException")]
    [InlineData("\uFEFF", "JsonReaderException")]
    [InlineData("{\"images\": [{\"id\": 1", "JsonReaderException")]
    [InlineData("{\"images\": [], \"annotations\": [], \"categories\": []} {", "JsonReaderException")]
    [InlineData("{\"more\": [[1, 2], {\"a\": [", "JsonReaderException")]
    public void ATextThatEndsAnywhere_IsRefused_ThroughAnyWindow(string text, string expected)
    {
        foreach (var window in (int[])[1, 2, 3, 64])
        {
            var exception = Assert.ThrowsAny<JsonException>(() =>
                new AnnotationFileParser(new ProblemList("a.json"), window).Parse(new MemoryStream(Encoding.UTF8.GetBytes(text)))
            );
            Assert.Equal(expected, exception.GetType().Name);
        }
    }

    [Fact]
    public void AMistakeFarIntoAFile_IsNamedByItsLine()
    {
        using var folder = new TemporaryFolder();
        var lines = string.Join(
            ",\n",
            Enumerable.Range(1, 20_000).Select(id => $"{{\"id\": {id}, \"file_name\": \"{id}.jpg\", \"width\": 5, \"height\": 5}}")
        );
        var path = folder.Write("a.json", $"{{\"images\": [{lines},\n{{\"id\": }}], \"annotations\": [], \"categories\": []}}");

        Assert.Contains(
            "images[20000]: no valid JSON at line 20001",
            Assert.Throws<AnnotationException>(() => AnnotationReader.Read(path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void AFileOfTheLargeShape_IsReadInFull()
    {
        using var folder = new TemporaryFolder();
        using var stream = new MemoryStream();
        var file = new LargeFile(400);
        file.Write(stream);

        var set = AnnotationReader.Read(folder.Write("large.json", stream.ToArray()));

        Assert.Empty(set.Problems);
        Assert.Equal((400, 5_071, 1_203), (set.Images.Length, set.Annotations.Length, set.Categories.Length));
        Assert.Equal("train2017/000000000400.jpg", set.Images[^1].FileName);
        Assert.InRange(stream.Length / set.Annotations.Length, 700, 1_000);
        foreach (var annotation in set.Annotations)
        {
            // The box is drawn around the outline.
            var ring = Assert.IsType<PolygonSegmentation>(annotation.Segmentation).Rings.Single();
            Assert.Equal(annotation.Box.X, ring.Where((_, place) => place % 2 == 0).Min());
            Assert.Equal(annotation.Box.Y, ring.Where((_, place) => place % 2 == 1).Min());
        }
    }
}
