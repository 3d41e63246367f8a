using System.IO.Compression;
using System.Text;
using DetectorDsl.Annotations.Tests.Support;

namespace DetectorDsl.Annotations.Tests.Files;

/// <summary>Annotation files, good and bad.</summary>
public class AnnotationReaderTests
{
    private const string Images =
        """[{"id": 1, "file_name": "a.jpg", "width": 100, "height": 80}, {"id": 2, "coco_url": "http://images.cocodataset.org/train2017/b.jpg", "width": 50, "height": 60, "neg_category_ids": [3, 4], "not_exhaustive_category_ids": [5]}]""";
    private const string Categories =
        """[{"id": 3, "name": "cup", "frequency": "r", "synset": "cup.n.01", "def": "a small bowl", "image_count": 4, "instance_count": 7}, {"id": 5, "name": "cat"}]""";
    private const string Good =
        """{"id": 10, "image_id": 1, "category_id": 3, "bbox": [10, 20, 30, 40], "area": 600.5, "iscrowd": 1, "segmentation": [[10, 20, 40, 20, 40, 60]]}""";

    [Fact]
    public void AGoodFile_IsReadInFull()
    {
        var set = Read(
            $$"""{"info": {"a": [1, {"b": 2}]}, "images": {{Images}}, "annotations": [{{Good}}], "categories": {{Categories}} }"""
        );
        Assert.Empty(set.Problems);
        Assert.Equal([1L, 2L], set.Images.Select(image => image.Id));
        Assert.Equal(["a.jpg", "train2017/b.jpg"], set.Images.Select(image => image.FileName));
        Assert.Equal((100, 80), (set.Images[0].Width, set.Images[0].Height));
        Assert.Equal([3, 4], set.Images[1].NegativeCategoryIds.AsEnumerable());
        Assert.Equal([5], set.Images[1].NotExhaustiveCategoryIds.AsEnumerable());
        Assert.Equal(
            new Category(3, "cup")
            {
                Frequency = CategoryFrequency.Rare,
                ImageCount = 4,
                InstanceCount = 7,
                Synset = "cup.n.01",
                Definition = "a small bowl",
            },
            set.Categories[0]
        );
        Assert.Equal(new Category(5, "cat"), set.Categories[1]);
        var annotation = Assert.Single(set.Annotations);
        Assert.Equal(
            (10, 1, 3, 600.5, true),
            (annotation.Id, annotation.ImageId, annotation.CategoryId, annotation.Area, annotation.IsCrowd)
        );
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
    [InlineData("[10, 20, 0, 40]", "its box has the size 0 x 40")]
    [InlineData("[10, 20, 30, -4]", "30 x -4")]
    [InlineData("[100, 20, 30, 40]", "lies outside image 1 of 100 x 80")]
    [InlineData("[-30, 20, 30, 40]", "lies outside image 1")]
    public void ABoxThatNobodyFinds_IsKeptAsStated_AndLeftOutOfTraining(string box, string what)
    {
        var set = ReadAnnotation($$"""{{Good}}, {"id": 1, "image_id": 1, "category_id": 3, "bbox": {{box}}, "area": 7}""");
        Assert.Equal([10L, 1], set.Annotations.Select(item => item.Id));
        Assert.Equal([10L], set.Mended().Annotations.Select(item => item.Id));
        var problem = Assert.Single(set.Problems);
        Assert.Equal("annotation 1", problem.Entry);
        Assert.Contains(what, problem.What, StringComparison.Ordinal);
        Assert.Contains("left out of training", problem.Done, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        """{"id": 10, "image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4]}""",
        "annotation 10",
        "the id occurs twice",
        "numbered 11"
    )]
    [InlineData("""{"image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4]}""", "annotations[1]", "it has no id", "numbered 11")]
    [InlineData("""{"id": null, "image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4]}""", "annotations[1]", "it has no id", "numbered 11")]
    [InlineData(
        """{"id": "a7", "image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4]}""",
        "annotation a7",
        "its id is a word",
        "numbered 11"
    )]
    public void AnAnnotationWithoutAnIdOfItsOwn_IsNumberedAnew(string annotation, string entry, string what, string done)
    {
        var set = ReadAnnotation(Good + ", " + annotation);
        Assert.Equal([10L, 11], set.Annotations.Select(item => item.Id));
        Assert.Equal(new Box(1, 2, 3, 4), set.Annotations[1].Box);
        Assert.Equal(1, set.Renumbered);
        Assert.Equal((entry, what, done), (set.Problems.Single().Entry, set.Problems.Single().What, set.Problems.Single().Done));
        Assert.Contains(
            "--strict-annotations",
            Assert.Throws<AnnotationException>(() => set.RequireFlawless("a.json")).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 3, "bbox": [1, 2, 3]}""", "annotation 1", "not four finite numbers")]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 1e999]}""", "annotation 1", "not four finite numbers")]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 3}""", "annotation 1", "its box is missing")]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 3, "bbox": null}""", "annotation 1", "its box is missing")]
    [InlineData("""{"id": 1, "image_id": 7, "category_id": 3, "bbox": [1, 2, 3, 4]}""", "annotation 1", "image 7 is not in the file")]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 99, "bbox": [1, 2, 3, 4]}""", "annotation 1", "category 99 is not in the file")]
    [InlineData("""{"id": 1, "category_id": 3, "bbox": [1, 2, 3, 4]}""", "annotation 1", "it needs 'image_id' and 'category_id'")]
    [InlineData(
        """{"id": 1, "image_id": null, "category_id": 3, "bbox": [1, 2, 3, 4]}""",
        "annotation 1",
        "it needs 'image_id' and 'category_id'"
    )]
    [InlineData("""{"category_id": 3, "bbox": [1, 2, 3, 4]}""", "annotations[1]", "it needs 'image_id' and 'category_id'")]
    [InlineData(
        """{"id": 1, "image_id": 1.5, "category_id": 3, "bbox": [1, 2, 3, 4]}""",
        "annotation 1",
        "'image_id' is 1.5, where a whole number is wanted"
    )]
    [InlineData(
        """{"id": 1, "image_id": 1, "category_id": 4294967297, "bbox": [1, 2, 3, 4]}""",
        "annotation 1",
        "'category_id' is 4294967297, which is too large"
    )]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": [3], "bbox": [1, 2, 3, 4]}""", "annotation 1", "'category_id' is a list")]
    [InlineData(
        """{"id": 1, "image_id": 1, "category_id": 3, "bbox": [1, 2, "3", 4]}""",
        "annotation 1",
        "'bbox' is a list with the text \"3\" in it"
    )]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 3, "bbox": 4}""", "annotation 1", "'bbox' is 4, not four finite numbers")]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 3, "bbox": [NaN, 2, 3, 4]}""", "annotation 1", "NaN (no number)")]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 3, "bbox": [1, 2, 3, -Infinity]}""", "annotation 1", "-Infinity (no number)")]
    [InlineData("""{"id": 1, "image_id": NaN, "category_id": 3, "bbox": [1, 2, 3, 4]}""", "annotation 1", "'image_id' is NaN")]
    [InlineData(
        """{"id": 1, "image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4], "iscrowd": "no"}""",
        "annotation 1",
        "'iscrowd' is the text \"no\", where 0 or 1 is wanted"
    )]
    [InlineData("7", "annotations[1]", "it is 7, where an object is wanted")]
    [InlineData("[[1], {}]", "annotations[1]", "it is a list, where an object is wanted")]
    [InlineData("null", "annotations[1]", "it is null, where an object is wanted")]
    public void AnAnnotationThatCannotBeUsed_IsLeftOutAndReported(string annotation, string entry, string what)
    {
        var set = ReadAnnotation(Good + ", " + annotation);
        Assert.Equal([10L], set.Annotations.Select(item => item.Id));
        var problem = Assert.Single(set.Problems);
        Assert.Equal((entry, "left out"), (problem.Entry, problem.Done));
        Assert.Equal(1, set.LeftOut);
        Assert.Contains(what, problem.What, StringComparison.Ordinal);
        Assert.EndsWith("a.json", problem.File, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[[1, 2, 3, 4]]", "1 of its 1 polygons")]
    [InlineData("[[]]", "1 of its 1 polygons")]
    [InlineData("[[1, 2, 3, NaN, 5, 6]]", "no lists of finite numbers")]
    [InlineData("[[[1, 2, 3, 4, 5, 6]]]", "no lists of finite numbers")]
    [InlineData("\"[[1, 2, 3, 4, 5, 6]]\"", "its segmentation is the text")]
    [InlineData("7", "its segmentation is 7")]
    [InlineData("""{"size": [80, 100, 1], "counts": [8000]}""", "size is not two whole numbers")]
    [InlineData("""{"size": [80], "counts": [8000]}""", "size is not two whole numbers")]
    [InlineData("""{"size": [80, 100], "counts": [-1]}""", "a run of -1 pixels")]
    [InlineData("""{"size": [80, 100], "counts": [8000, "a"]}""", "no text and no list of run lengths")]
    [InlineData("""{"size": [8, 10], "counts": [80]}""", "its mask is of 8 x 10, image 1 of 80 x 100")]
    [InlineData("""{"size": [80, 100], "counts": [80]}""", "add up to 80 pixels")]
    [InlineData("""{"size": [80, 100], "counts": "T"}""", "cut off")]
    [InlineData("""{"size": [80, 100]}""", "add up to 0 pixels")]
    public void AMaskThatCannotBeUsed_IsLeftOut_AndTheBoxStays(string segmentation, string what)
    {
        var set = ReadAnnotation(
            $$"""{"id": 1, "image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4], "segmentation": {{segmentation}} }"""
        );
        Assert.Null(Assert.Single(set.Annotations).Segmentation);
        Assert.Contains(what, Assert.Single(set.Problems).What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"area\": \"x\"", 12.0, "'area' is the text \"x\", where a number is wanted")]
    [InlineData("\"area\": NaN", 12.0, "'area' is NaN (no number), where a number is wanted")]
    [InlineData("\"area\": 5, \"ignore\": {}", 5.0, "'ignore' is an object, where 0 or 1 is wanted")]
    public void AValueOfAnotherType_IsReadWithout(string member, double area, string what)
    {
        var set = ReadAnnotation($$"""{"id": 1, "image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4], {{member}} }""");
        Assert.Equal((area, false), (set.Annotations.Single().Area, set.Annotations[0].IsIgnored));
        Assert.Equal((what, "read without it"), (set.Problems.Single().What, set.Problems[0].Done));
    }

    [Fact]
    public void NullAndOtherFormsThatReadersPassOver_AreNoProblem()
    {
        var set = Read(
            """
            {"images": [{"id": "1", "file_name": "a", "width": null}, {"id": 2.0, "file_name": 7, "width": 9, "height": 9}],
             "annotations": [{"id": 1, "image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4], "iscrowd": null, "area": null, "ignore": null, "segmentation": null}],
             "categories": [{"id": 3, "name": 5}]}
            """
        );
        Assert.Equal([("a", false), ("7", true)], set.Images.Select(image => (image.FileName, image.HasSize)));
        Assert.Equal("5", set.Categories.Single().Name);
        Assert.Equal((12.0, false, false), (set.Annotations.Single().Area, set.Annotations[0].IsCrowd, set.Annotations[0].IsIgnored));
        Assert.Equal(
            ("images (1)", "they state no width and height, 'a' is the first"),
            (set.Problems.Single().Entry, set.Problems[0].What)
        );
    }

    [Fact]
    public void IdsThatAreWords_AreNumbered_AndWrittenAsTheyWere()
    {
        var set = Read(
            """
            {"images": [{"id": "front", "file_name": "a", "width": 9, "height": 9}, {"id": 4, "file_name": "b", "width": 9, "height": 9}, {"id": "back", "file_name": "c", "width": 9, "height": 9}],
             "annotations": [{"id": "x", "image_id": "back", "category_id": "cup", "bbox": [1, 2, 3, 4]}, {"id": 8, "image_id": "side", "category_id": 2, "bbox": [1, 2, 3, 4]}],
             "categories": [{"id": 2, "name": "a"}, {"id": "cup", "name": "b"}]}
            """
        );
        Assert.Equal([(5L, "front"), (4L, null), (6L, "back")], set.Images.Select(image => (image.Id, (string?)image.StatedId)));
        Assert.Equal((9L, 6L, 3), (set.Annotations.Single().Id, set.Annotations[0].ImageId, set.Annotations[0].CategoryId));
        Assert.Contains(set.Problems, problem => problem.What == "image side is not in the file");
        Assert.Contains(set.Problems, problem =>
            problem is { Entry: "ids of images (3)", What: "they are words, 'front' is the first", Done: "numbered from 5" }
        );
        using var stream = new MemoryStream();
        AnnotationWriter.Write(stream, set);
        Assert.Contains(
            "\"image_id\":\"back\",\"category_id\":\"cup\"",
            Encoding.UTF8.GetString(stream.ToArray()),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void APolygonOfAnOddNumberOfCoordinates_IsReadWithoutTheLast_AsPycocotoolsReadsIt()
    {
        var set = ReadAnnotation(
            """{"id": 1, "image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4], "segmentation": [[1, 2, 30, 4, 5, 60, 7]]}"""
        );
        Assert.Equal([1, 2, 30, 4, 5, 60], Assert.IsType<PolygonSegmentation>(set.Annotations[0].Segmentation).Rings[0].AsEnumerable());
        Assert.Contains("odd number of coordinates", Assert.Single(set.Problems).What, StringComparison.Ordinal);
    }

    [Fact]
    public void OneBadPolygonOfSeveral_IsLeftOutAlone()
    {
        var set = ReadAnnotation(
            """{"id": 1, "image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4], "segmentation": [[1, 2, 3, 4], [1, 1, 5, 1, 5, 5]]}"""
        );
        Assert.Single(Assert.IsType<PolygonSegmentation>(set.Annotations[0].Segmentation).Rings);
        Assert.Contains("1 of its 2 polygons", Assert.Single(set.Problems).What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"file_name": "a"}]""", "images[0]", "an image has no id")]
    [InlineData("""[7]""", "images[0]", "it is 7, where an object is wanted")]
    [InlineData("""[{"id": 1, "file_name": "a", "width": "wide", "height": 5}]""", "image 1", "'width' is the text")]
    [InlineData(
        """[{"id": 1, "file_name": "a", "width": 5, "height": 5, "neg_category_ids": [1, null]}]""",
        "image 1",
        "'neg_category_ids' is a list with null in it"
    )]
    [InlineData("""[{"id": 1, "file_name": "a", "width": 0, "height": 5}]""", "image 1 (a)", "0 x 5")]
    [InlineData("""[{"id": 1, "file_name": "a", "width": 100000, "height": 100000}]""", "image 1 (a)", "100000 x 100000")]
    [InlineData(
        """[{"id": 1, "file_name": "a", "width": 5, "height": 5}, {"id": 1, "file_name": "b", "width": 5, "height": 5}]""",
        "image 1 (b)",
        "the id is that of 'a' too"
    )]
    public void AnImageWithAMistake_IsReported(string images, string entry, string what)
    {
        var problem = Read($$"""{"images": {{images}}, "annotations": [], "categories": {{Categories}} }""").Problems[0];
        Assert.Equal(entry, problem.Entry);
        Assert.Contains(what, problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void ACategoryIdThatOccursTwice_IsReported()
    {
        var problem = Assert.Single(
            Read($$"""{"images": {{Images}}, "annotations": [], "categories": [{"id": 1, "name": "a"}, {"id": 1, "name": "b"}]}""").Problems
        );
        Assert.Equal(("category 1 (b)", "the id is that of 'a' too"), (problem.Entry, problem.What));
    }

    [Theory]
    [InlineData("", "it holds nothing")]
    [InlineData("[]", "the file is a list, as results files are")]
    [InlineData("7", "no JSON object")]
    [InlineData("{}", "'images', 'annotations' and 'categories' are needed")]
    [InlineData("""{"images": [], "annotations": []}""", "'images', 'annotations' and 'categories' are needed")]
    [InlineData("""{"images": [], "images": [], "images": []}""", "'images', 'annotations' and 'categories' are needed")]
    [InlineData("""{"images": {}, "annotations": [], "categories": []}""", "a list was expected")]
    [InlineData(
        """{"images": [], "annotations": [], "categories": []""",
        "no valid JSON at line 1, byte 50: the text ends here, so that the file is cut off"
    )]
    [InlineData("""{"images": [], "annotations": [{"id": 1,""", "annotations[0]: no valid JSON at line 1")]
    [InlineData("""{"images": [], "annotations": [], "categories": []} x""", "'x' is not what may follow here")]
    [InlineData("{'images': []}", "is Python's notation")]
    [InlineData("""{"images": [], "annotations": None}""", "'None' is Python's notation")]
    [InlineData("""{"images": [1, 2,]}""", "a comma before the end of a list")]
    [InlineData("""{"images": [] // all of them""", "a comment, which JSON has not")]
    [InlineData("<!DOCTYPE html><html>", "this is no JSON but a web page")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:1", "this is no JSON but a pointer of Git LFS")]
    public void AFileThatCannotBeUsed_IsRefusedWithThePlace(string text, string expected)
    {
        var exception = Assert.Throws<AnnotationException>(() => Read(text));
        Assert.Contains("a.json: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingFile_IsNamed() =>
        Assert.StartsWith(
            "/nowhere/a.json: cannot be read",
            Assert.Throws<AnnotationException>(() => AnnotationReader.Read("/nowhere/a.json")).Message,
            StringComparison.Ordinal
        );

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
        Assert.Single(AnnotationReader.Read(folder.Write("without-ending.json", bytes)).Annotations);
        Assert.Single(
            AnnotationReader
                .Read(
                    folder.Write("plain.json.gz", $$"""{"images": {{Images}}, "annotations": [{{Good}}], "categories": {{Categories}} }""")
                )
                .Annotations
        );
        foreach (var damaged in new[] { bytes[..(bytes.Length / 2)], [1, 2, 3] })
        {
            var path = folder.Write("b.json.gz", damaged);
            Assert.StartsWith(
                path,
                Assert.Throws<AnnotationException>(() => AnnotationReader.Read(path)).Message,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void AByteOrderMark_DoesNotMatter() =>
        Assert.Single(
            Read("\uFEFF" + $$"""{"images": {{Images}}, "annotations": [{{Good}}], "categories": {{Categories}} }""").Annotations
        );

    [Fact]
    public void WhatIsWritten_IsReadAgain()
    {
        using var folder = new TemporaryFolder();
        var mask =
            """{"id": 11, "image_id": 2, "category_id": 5, "bbox": [0, 0, 5, 5], "segmentation": {"size": [60, 50], "counts": [0, 5, 2995]}}""";
        var set = Read($$"""{"images": {{Images}}, "annotations": [{{Good}}, {{mask}}], "categories": {{Categories}} }""");
        using var stream = new MemoryStream();
        AnnotationWriter.Write(stream, set);
        var again = AnnotationReader.Read(folder.Write("b.json", stream.ToArray()));
        Assert.Empty(again.Problems);
        Assert.Equal(
            [("cup.n.01", "a small bowl"), (null, null)],
            again.Categories.Select(category => ((string?)category.Synset, (string?)category.Definition))
        );
        Assert.Equal(set.Categories.AsEnumerable(), again.Categories.AsEnumerable());
        Assert.Equal(
            set.Images.Select(image => (image.Id, image.FileName, image.Width, image.Height)),
            again.Images.Select(image => (image.Id, image.FileName, image.Width, image.Height))
        );
        Assert.Equal(set.Images[1].NegativeCategoryIds.AsEnumerable(), again.Images[1].NegativeCategoryIds.AsEnumerable());
        Assert.Equal(
            set.Annotations.Select(item => item with { Segmentation = null }),
            again.Annotations.Select(item => item with { Segmentation = null })
        );
        Assert.Equal(set.Annotations[0].Segmentation!.ToMask(80, 100), again.Annotations[0].Segmentation!.ToMask(80, 100));
        Assert.Equal(set.Annotations[1].Segmentation!.ToMask(60, 50), again.Annotations[1].Segmentation!.ToMask(60, 50));
    }

    private static AnnotationSet ReadAnnotation(string annotations) =>
        Read($$"""{"images": {{Images}}, "annotations": [{{annotations}}], "categories": {{Categories}} }""");

    private static AnnotationSet Read(string text)
    {
        using var folder = new TemporaryFolder();
        return AnnotationReader.Read(folder.Write("a.json", text));
    }
}
