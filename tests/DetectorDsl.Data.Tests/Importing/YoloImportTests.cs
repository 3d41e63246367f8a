using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Importing;
using DetectorDsl.Data.Tests.Images;

namespace DetectorDsl.Data.Tests.Importing;

public sealed class YoloImportTests : IDisposable
{
    private readonly TempFolder folder = new();

    public YoloImportTests()
    {
        Directory.CreateDirectory(folder["images"]);
        Directory.CreateDirectory(folder["labels"]);
        File.WriteAllBytes(folder["images/a.jpg"], TestImages.Jpeg(100, 50));
        File.WriteAllBytes(folder["images/b.jpg"], TestImages.Jpeg(64, 48));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void BoxesAndOutlines_AreInPixels()
    {
        // Centre 0.5, 0.4 of 100 x 50 is 50, 20; a size of 0.2 x 0.4 is 20 x 20.
        File.WriteAllText(folder["labels/a.txt"], "1 0.5 0.4 0.2 0.4\r\n\n0 0.1 0.2 0.3 0.2 0.3 0.6 0.1 0.6\n");

        var set = Read();

        Assert.Empty(set.Problems);
        Assert.Equal([(1L, "a.jpg", 100, 50), (2L, "b.jpg", 64, 48)], set.Images.Select(image => (image.Id, image.FileName, image.Width, image.Height)));
        Assert.Equal([new Category(1, "cup"), new Category(2, "cat")], set.Categories.AsEnumerable());
        Assert.Equal([(1L, 1L, 2), (2L, 1L, 1)], set.Annotations.Select(annotation => (annotation.Id, annotation.ImageId, annotation.CategoryId)));
        AssertNear(new Box(40, 10, 20, 20), set.Annotations[0].Box);
        AssertNear(new Box(10, 10, 20, 20), set.Annotations[1].Box);
        Assert.Null(set.Annotations[0].Segmentation);
        Assert.Equal(400, set.Annotations[1].Area, 9);
        Assert.Equal(8, Assert.IsType<PolygonSegmentation>(set.Annotations[1].Segmentation).Rings[0].Length);
    }

    [Theory]
    [InlineData("2 0.5 0.5 0.1 0.1", "the class is '2'; a number from 0 to 1 is wanted")]
    [InlineData("-1 0.5 0.5 0.1 0.1", "the class is '-1'")]
    [InlineData("cat 0.5 0.5 0.1 0.1", "the class is 'cat'")]
    [InlineData("0 0.5 0.5 0.1", "it has 4 values")]
    [InlineData("0 0.5 0.5 0.1 0.1 0.2", "it has 6 values")]
    [InlineData("0 0.1 0.1 0.2 0.2 0.3 0.3 0.4", "it has 8 values")]
    [InlineData("0 50 0.5 0.1 0.1", "the value '50' is no share from 0 to 1")]
    [InlineData("0 0,5 0.5 0.1 0.1", "the value '0,5' is no share")]
    [InlineData("0 NaN 0.5 0.1 0.1", "the value 'NaN' is no share")]
    [InlineData("0 0.5 0.5 0 0.1", "its box has the size 0 x 0.1")]
    public void ALineThatCannotBeUsed_IsNamed(string line, string what)
    {
        File.WriteAllText(folder["labels/a.txt"], $"0 0.5 0.5 0.1 0.1\n{line}\n");
        var set = Read();
        Assert.Single(set.Annotations);
        var problem = Assert.Single(set.Problems);
        Assert.Equal((folder["labels/a.txt"], "line 2", "left out"), (problem.File, problem.Entry, problem.Done));
        Assert.Contains(what, problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void FilesWithoutPartner_AndBadImages_AreNamed()
    {
        File.WriteAllText(folder["labels/c.txt"], "0 0.5 0.5 0.1 0.1");
        File.WriteAllText(folder["labels/classes.txt"], "cup\ncat");
        File.WriteAllText(folder["images/b.jpg"], "no image");
        var set = Read();
        Assert.Equal([folder["images/b.jpg"], folder["labels/c.txt"]], set.Problems.Select(problem => problem.File));
        Assert.Single(set.Images);
    }

    [Fact]
    public void MissingFolders_AreNamed()
    {
        Assert.Contains("--labels", Assert.Throws<AnnotationException>(() => YoloImport.Read(folder["none"], folder["images"], ["a"])).Message, StringComparison.Ordinal);
        Assert.Contains(folder["none"], Assert.Throws<DatasetException>(() => YoloImport.Read(folder["labels"], folder["none"], ["a"])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\n\nb\n", "line 2 is empty")]
    [InlineData("a\nb\na\n", "line 3: the name 'a' is that of line 1 too")]
    [InlineData("", "line 1 is empty")]
    public void BadClassNames_AreRefused(string text, string expected)
    {
        File.WriteAllText(folder["names.txt"], text);
        var message = Assert.Throws<AnnotationException>(() => ClassNames.Read(folder["names.txt"])).Message;
        Assert.StartsWith($"{folder["names.txt"]}: {expected}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ClassNames_AreInTheirOrder()
    {
        File.WriteAllText(folder["names.txt"], "traffic light\r\ncat\r\n\r\n");
        Assert.Equal(["traffic light", "cat"], ClassNames.Read(folder["names.txt"]).AsEnumerable());
    }

    private AnnotationSet Read() => YoloImport.Read(folder["labels"], folder["images"], ["cup", "cat"]);

    private static void AssertNear(Box expected, Box actual)
    {
        Assert.Equal(expected.X, actual.X, 9);
        Assert.Equal(expected.Y, actual.Y, 9);
        Assert.Equal(expected.Width, actual.Width, 9);
        Assert.Equal(expected.Height, actual.Height, 9);
    }
}
