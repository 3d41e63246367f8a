using System.IO.Compression;
using System.Text;
using DetectorDsl.Annotations.Tests.Support;

namespace DetectorDsl.Annotations.Tests.Files;

/// <summary>Annotation files, good and bad.</summary>
public class AnnotationReaderTests
{
    private const string Images = """[{"id": 1, "file_name": "a.jpg", "width": 100, "height": 80}, {"id": 2, "coco_url": "http://images.cocodataset.org/train2017/b.jpg", "width": 50, "height": 60, "neg_category_ids": [3, 4], "not_exhaustive_category_ids": [5]}]""";
    private const string Categories = """[{"id": 3, "name": "cup", "frequency": "r", "synset": "cup.n.01", "def": "a small bowl", "image_count": 4, "instance_count": 7}, {"id": 5, "name": "cat"}]""";
    private const string Good = """{"id": 10, "image_id": 1, "category_id": 3, "bbox": [10, 20, 30, 40], "area": 600.5, "iscrowd": 1, "segmentation": [[10, 20, 40, 20, 40, 60]]}""";

    [Fact]
    public void AGoodFile_IsReadInFull()
    {
        var set = Read($$"""{"info": {"a": [1, {"b": 2}]}, "images": {{Images}}, "annotations": [{{Good}}], "categories": {{Categories}} }""");
        Assert.Empty(set.Problems);
        Assert.Equal([1L, 2L], set.Images.Select(image => image.Id));
        Assert.Equal(["a.jpg", "train2017/b.jpg"], set.Images.Select(image => image.FileName));
        Assert.Equal((100, 80), (set.Images[0].Width, set.Images[0].Height));
        Assert.Equal([3, 4], set.Images[1].NegativeCategoryIds.AsEnumerable());
        Assert.Equal([5], set.Images[1].NotExhaustiveCategoryIds.AsEnumerable());
        Assert.Equal(new Category(3, "cup") { Frequency = CategoryFrequency.Rare, ImageCount = 4, InstanceCount = 7, Synset = "cup.n.01", Definition = "a small bowl" }, set.Categories[0]);
        Assert.Equal(new Category(5, "cat"), set.Categories[1]);
        var annotation = Assert.Single(set.Annotations);
        Assert.Equal((10, 1, 3, 600.5, true), (annotation.Id, annotation.ImageId, annotation.CategoryId, annotation.Area, annotation.IsCrowd));
        Assert.Equal(new Box(10, 20, 30, 40), annotation.Box);
        Assert.Equal([10, 20, 40, 20, 40, 60], Assert.IsType<PolygonSegmentation>(annotation.Segmentation).Rings[0].AsEnumerable());
    }

    [Fact]
    public void EveryFormOfSegmentation_IsTheSameMask()
    {
        var mask = RleMask.FromPolygon([10, 20, 40, 20, 40, 60], 80, 100);
        var text = mask.ToText().Replace("\\", "\\\\", StringComparison.Ordinal);
        var forms = new[]
        {
            "[[10, 20, 40, 20, 40, 60]]",
            "[10, 20, 40, 20, 40, 60]",
            $"{{\"size\": [80, 100], \"counts\": [{string.Join(", ", mask.Runs.ToArray())}]}}",
            $"{{\"counts\": \"{text}\", \"size\": [80, 100]}}",
        };
        foreach (var form in forms)
        {
            var set = ReadAnnotation($$"""{"id": 1, "image_id": 1, "category_id": 3, "segmentation": {{form}} }""");
            Assert.Empty(set.Problems);
            var annotation = Assert.Single(set.Annotations);
            Assert.Equal(mask, annotation.Segmentation!.ToMask(80, 100));
            Assert.Equal(mask.Bounds, annotation.Box);
        }
    }

    [Theory]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 3, "bbox": [10, 20, 0, 40]}""", "annotation 1", "its box has the size 0 x 40")]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 3, "bbox": [10, 20, 30, -4]}""", "annotation 1", "30 x -4")]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 3, "bbox": [100, 20, 30, 40]}""", "annotation 1", "lies outside image 1 of 100 x 80")]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 3, "bbox": [-30, 20, 30, 40]}""", "annotation 1", "lies outside image 1")]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 3, "bbox": [1, 2, 3]}""", "annotation 1", "not four finite numbers")]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 1e999]}""", "annotation 1", "not four finite numbers")]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 3}""", "annotation 1", "its box is missing")]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 3, "bbox": null}""", "annotation 1", "its box is missing")]
    [InlineData("""{"id": 1, "image_id": 7, "category_id": 3, "bbox": [1, 2, 3, 4]}""", "annotation 1", "image 7 is not in the file")]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 99, "bbox": [1, 2, 3, 4]}""", "annotation 1", "category 99 is not in the file")]
    [InlineData("""{"id": 10, "image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4]}""", "annotation 10", "the id occurs twice")]
    [InlineData("""{"id": 1, "category_id": 3, "bbox": [1, 2, 3, 4]}""", "annotation 1", "it needs 'id', 'image_id' and 'category_id'")]
    [InlineData("""{"image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4]}""", "annotations[1]", "it needs 'id'")]
    public void AnAnnotationThatCannotBeUsed_IsLeftOutAndReported(string annotation, string entry, string what)
    {
        var set = ReadAnnotation(Good + ", " + annotation);
        Assert.Equal([10L], set.Annotations.Select(item => item.Id));
        var problem = Assert.Single(set.Problems);
        Assert.Equal((entry, "left out"), (problem.Entry, problem.Done));
        Assert.Contains(what, problem.What, StringComparison.Ordinal);
        Assert.EndsWith("a.json", problem.File, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[[1, 2, 3, 4]]", "1 of its 1 polygons")]
    [InlineData("[[]]", "1 of its 1 polygons")]
    [InlineData("[[1, 2, 3, 4, 5, 6, 7]]", "odd number of coordinates")]
    [InlineData("""{"size": [8, 10], "counts": [80]}""", "its mask is of 8 x 10, image 1 of 80 x 100")]
    [InlineData("""{"size": [80, 100], "counts": [80]}""", "add up to 80 pixels")]
    [InlineData("""{"size": [80, 100], "counts": "T"}""", "cut off")]
    [InlineData("""{"size": [80, 100]}""", "add up to 0 pixels")]
    public void AMaskThatCannotBeUsed_IsLeftOut_AndTheBoxStays(string segmentation, string what)
    {
        var set = ReadAnnotation($$"""{"id": 1, "image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4], "segmentation": {{segmentation}} }""");
        Assert.Null(Assert.Single(set.Annotations).Segmentation);
        Assert.Contains(what, Assert.Single(set.Problems).What, StringComparison.Ordinal);
    }

    [Fact]
    public void OneBadPolygonOfSeveral_IsLeftOutAlone()
    {
        var set = ReadAnnotation("""{"id": 1, "image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4], "segmentation": [[1, 2, 3, 4], [1, 1, 5, 1, 5, 5]]}""");
        Assert.Single(Assert.IsType<PolygonSegmentation>(set.Annotations[0].Segmentation).Rings);
        Assert.Contains("1 of its 2 polygons", Assert.Single(set.Problems).What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"id": 1, "file_name": "a", "width": 0, "height": 5}]""", "image 1 (a)", "0 x 5")]
    [InlineData("""[{"id": 1, "file_name": "a", "width": 100000, "height": 100000}]""", "image 1 (a)", "100000 x 100000")]
    [InlineData("""[{"id": 1, "file_name": "a", "width": 5, "height": 5}, {"id": 1, "file_name": "b", "width": 5, "height": 5}]""", "image 1 (b)", "the id is that of 'a' too")]
    public void AnImageThatCannotBeUsed_IsLeftOut(string images, string entry, string what)
    {
        var problem = Assert.Single(Read($$"""{"images": {{images}}, "annotations": [], "categories": {{Categories}} }""").Problems);
        Assert.Equal(entry, problem.Entry);
        Assert.Contains(what, problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void ACategoryIdThatOccursTwice_IsReported()
    {
        var problem = Assert.Single(Read($$"""{"images": {{Images}}, "annotations": [], "categories": [{"id": 1, "name": "a"}, {"id": 1, "name": "b"}]}""").Problems);
        Assert.Equal(("category 1 (b)", "the id is that of 'a' too"), (problem.Entry, problem.What));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("[]", "no JSON object")]
    [InlineData("{}", "'images', 'annotations' and 'categories' are needed")]
    [InlineData("""{"images": [], "annotations": []}""", "'images', 'annotations' and 'categories' are needed")]
    [InlineData("""{"images": [], "images": [], "images": []}""", "'images', 'annotations' and 'categories' are needed")]
    [InlineData("""{"images": {}, "annotations": [], "categories": []}""", "a list was expected")]
    [InlineData("""{"images": [{"id": 1, "file_name": "a", "width": 1, "height": 1}, 7], "annotations": [], "categories": []}""", "images[1]: not in the COCO or LVIS format: an object was expected")]
    [InlineData("""{"images": [{"file_name": "a"}], "annotations": [], "categories": []}""", "images[0]: not in the COCO or LVIS format: an image has no id")]
    [InlineData("""{"images": [{"id": 1}], "annotations": [], "categories": []}""", "neither file_name nor coco_url")]
    [InlineData("""{"images": [], "annotations": [], "categories": [{"name": "a"}]}""", "category 'a' has no id")]
    [InlineData("""{"images": [], "annotations": [{"id": 1.5}], "categories": []}""", "annotations[0]: not in the COCO or LVIS format: a whole number was expected, not 1.5")]
    [InlineData("""{"images": [], "annotations": [{"category_id": 4294967297}], "categories": []}""", "the number 4294967297 is too large")]
    [InlineData("""{"images": [], "annotations": [{"bbox": [1, 2, "3", 4]}], "categories": []}""", "a number was expected, not String")]
    [InlineData("""{"images": [], "annotations": [{"bbox": 4}], "categories": []}""", "a list of numbers was expected, not Number")]
    [InlineData("""{"images": [], "annotations": [{"segmentation": {"size": [1], "counts": [1]}}], "categories": []}""", "a mask's size needs two numbers")]
    [InlineData("""{"images": [], "annotations": [{"segmentation": {"size": [1, 1], "counts": [-1]}}], "categories": []}""", "a run of -1 pixels")]
    [InlineData("""{"images": [], "annotations": [], "categories": []""", "no valid JSON at line 1")]
    [InlineData("""{"images": [], "annotations": [{"id": 1,""", "annotations[0]: no valid JSON at line 1")]
    [InlineData("""{"images": [], "annotations": [], "categories": []} x""", "no valid JSON")]
    public void AFileThatCannotBeUsed_IsRefusedWithThePlace(string text, string expected)
    {
        var exception = Assert.Throws<AnnotationException>(() => Read(text));
        Assert.Contains("a.json: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingFile_IsNamed() =>
        Assert.StartsWith("/nowhere/a.json: cannot be read", Assert.Throws<AnnotationException>(() => AnnotationReader.Read("/nowhere/a.json")).Message, StringComparison.Ordinal);

    [Fact]
    public void AGzippedFile_IsRead_AndADamagedOneNamed()
    {
        using var folder = new TemporaryFolder();
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes($$"""{"images": {{Images}}, "annotations": [{{Good}}], "categories": {{Categories}} }"""));
        }

        var bytes = memory.ToArray();
        Assert.Single(AnnotationReader.Read(folder.Write("a.json.gz", bytes)).Annotations);
        foreach (var damaged in new[] { bytes[..(bytes.Length / 2)], [1, 2, 3] })
        {
            var path = folder.Write("b.json.gz", damaged);
            Assert.StartsWith(path, Assert.Throws<AnnotationException>(() => AnnotationReader.Read(path)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AByteOrderMark_DoesNotMatter() =>
        Assert.Single(Read("\uFEFF" + $$"""{"images": {{Images}}, "annotations": [{{Good}}], "categories": {{Categories}} }""").Annotations);

    [Fact]
    public void WhatIsWritten_IsReadAgain()
    {
        using var folder = new TemporaryFolder();
        var mask = """{"id": 11, "image_id": 2, "category_id": 5, "bbox": [0, 0, 5, 5], "segmentation": {"size": [60, 50], "counts": [0, 5, 2995]}}""";
        var set = Read($$"""{"images": {{Images}}, "annotations": [{{Good}}, {{mask}}], "categories": {{Categories}} }""");
        using var stream = new MemoryStream();
        AnnotationWriter.Write(stream, set);
        var again = AnnotationReader.Read(folder.Write("b.json", stream.ToArray()));
        Assert.Empty(again.Problems);
        Assert.Equal([("cup.n.01", "a small bowl"), (null, null)], again.Categories.Select(category => ((string?)category.Synset, (string?)category.Definition)));
        Assert.Equal(set.Categories.AsEnumerable(), again.Categories.AsEnumerable());
        Assert.Equal(set.Images.Select(image => (image.Id, image.FileName, image.Width, image.Height)), again.Images.Select(image => (image.Id, image.FileName, image.Width, image.Height)));
        Assert.Equal(set.Images[1].NegativeCategoryIds.AsEnumerable(), again.Images[1].NegativeCategoryIds.AsEnumerable());
        Assert.Equal(set.Annotations.Select(item => item with { Segmentation = null }), again.Annotations.Select(item => item with { Segmentation = null }));
        Assert.Equal(set.Annotations[0].Segmentation!.ToMask(80, 100), again.Annotations[0].Segmentation!.ToMask(80, 100));
        Assert.Equal(set.Annotations[1].Segmentation!.ToMask(60, 50), again.Annotations[1].Segmentation!.ToMask(60, 50));
    }

    private static AnnotationSet ReadAnnotation(string annotations) => Read($$"""{"images": {{Images}}, "annotations": [{{annotations}}], "categories": {{Categories}} }""");

    private static AnnotationSet Read(string text)
    {
        using var folder = new TemporaryFolder();
        return AnnotationReader.Read(folder.Write("a.json", text));
    }
}
