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
        Assert.Equal(
            [(1L, "a.jpg", 100, 50), (2L, "b.jpg", 64, 48)],
            set.Images.Select(image => (image.Id, image.FileName, image.Width, image.Height))
        );
        Assert.Equal([new Category(1, "cup"), new Category(2, "cat")], set.Categories.AsEnumerable());
        Assert.Equal(
            [(1L, 1L, 2), (2L, 1L, 1)],
            set.Annotations.Select(annotation => (annotation.Id, annotation.ImageId, annotation.CategoryId))
        );
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
    [InlineData("0 1.02 0.5 0.1 0.1", "the value '1.02' is no share")]
    [InlineData("0.5 0.5 0.5 0.1 0.1", "the class is '0.5'")]
    [InlineData("1e9 0.5 0.5 0.1 0.1", "the class is '1e9'")]
    [InlineData("NaN 0.5 0.5 0.1 0.1", "the class is 'NaN'")]
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

    [Theory]
    [InlineData("1.0 0.5 0.4 0.2 0.4")]
    [InlineData("1.000000000000000000e+00 5.000000000000000000e-01 4e-1 0.2 0.4")]
    [InlineData("1,0.5,0.4,0.2,0.4")]
    [InlineData("1, 0.5, 0.4, 0.2, 0.4,")]
    [InlineData("\t1;0.5;0.4;0.2;0.4")]
    [InlineData("\ufeff1 0.5 0.4 0.2 0.4")]
    public void OtherSpellingsOfARow_AreRead(string line)
    {
        File.WriteAllText(folder["labels/a.txt"], line + "\n");
        var set = Read();
        Assert.Empty(set.Problems);
        Assert.Equal(2, set.Annotations[0].CategoryId);
        AssertNear(new Box(40, 10, 20, 20), set.Annotations[0].Box);
    }

    [Fact]
    public void OfRowsWithKeyPoints_TheBoxIsTaken_AndThatIsSaid()
    {
        File.WriteAllText(folder["labels/a.txt"], "1 0.5 0.4 0.2 0.4 0.1 0.1 2 0 0 0\n0 0.5 0.4 0.2 0.4\n0 0.5 0.4 0.2 0.4 0.1 0.1 2\n");
        var (set, remarks) = YoloImport.Read(Find(), ["cup", "cat"], new YoloPoints(2, 3));
        Assert.Equal(2, set.Annotations.Length);
        Assert.All(set.Annotations, annotation => Assert.Null(annotation.Segmentation));
        AssertNear(new Box(40, 10, 20, 20), set.Annotations[0].Box);
        Assert.Contains(
            "it has 8 values; with 2 points of 3 numbers, as kpt_shape says, 11 are wanted",
            Assert.Single(set.Problems).What,
            StringComparison.Ordinal
        );
        Assert.Equal(
            $"Rows with key points, of which the box is taken and the points are left: 1, the first {folder["labels/a.txt"]}: line 1.",
            Assert.Single(remarks)
        );
    }

    [Fact]
    public void FoldersBelow_AreRead_WithTheirLabels()
    {
        Directory.CreateDirectory(folder["images/cam1"]);
        Directory.CreateDirectory(folder["labels/cam1"]);
        File.WriteAllBytes(folder["images/cam1/a.png"], TestImages.Png(10, 10));
        File.WriteAllText(folder["labels/cam1/a.txt"], "0 0.5 0.5 1 1\n");
        Directory.CreateSymbolicLink(folder["images/cam1/again"], folder["images"]);
        foreach (var images in new[] { Find(), YoloImages.Find([folder["images"]], folder.Path, null) })
        {
            var set = YoloImport.Read(images, ["cup"], null).Set;
            Assert.Equal(["a.jpg", "b.jpg", "cam1/a.png"], set.Images.Select(image => image.FileName));
            Assert.Equal((3L, new Box(0, 0, 10, 10)), (set.Annotations.Single().ImageId, set.Annotations.Single().Box));
        }
    }

    [Fact]
    public void SeveralFolders_AndLists_AreReadTogether()
    {
        Directory.CreateDirectory(folder["more/images"]);
        Directory.CreateDirectory(folder["more/labels"]);
        File.WriteAllBytes(folder["more/images/c.png"], TestImages.Png(10, 10));
        File.WriteAllText(folder["more/labels/c.txt"], "0 0.5 0.5 1 1\n");
        File.WriteAllText(folder["list.txt"], $"./images/a.jpg\r\n{folder["images/b.jpg"]}\n\nmore\\images\\c.png\ngone.png\n");

        var folders = YoloImages.Find([folder["images"], folder["more/images"]], folder.Path, null);
        Assert.Equal(
            (folder.Path, "images/a.jpg images/b.jpg more/images/c.png"),
            (folders.Folder, string.Join(' ', folders.Images.Select(image => image.Name)))
        );
        Assert.Single(YoloImport.Read(folders, ["cup"], null).Set.Annotations);

        var listed = YoloImport.Read(YoloImages.Find([folder["list.txt"]], folder.Path, null), ["cup"], null).Set;
        Assert.Equal(["images/a.jpg", "images/b.jpg", "more/images/c.png"], listed.Images.Select(image => image.FileName));
        Assert.Contains("no such image file", Assert.Single(listed.Problems).What, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryOtherFile_IsAccountedFor()
    {
        File.WriteAllText(folder["images/readme.md"], "");
        File.WriteAllText(folder["images/raw.heic"], "");
        File.WriteAllText(folder["labels/old.json"], "");
        File.WriteAllText(folder["labels/train.cache"], "");
        var remarks = YoloImport.Read(Find(), ["cup"], null).Remarks;
        Assert.Equal(2, remarks.Length);
        Assert.Contains($"none of a kind that is read: 2, the first {folder["images/raw.heic"]}.", remarks[0], StringComparison.Ordinal);
        Assert.Contains($"1, the first {folder["labels/old.json"]}.", remarks[1], StringComparison.Ordinal);
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
        Assert.Contains(
            "--labels",
            Assert.Throws<AnnotationException>(() => YoloImages.Find([folder["images"]], folder.Path, folder["none"])).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            folder["none"],
            Assert.Throws<DatasetException>(() => YoloImages.Find([folder["none"]], folder.Path, folder["labels"])).Message,
            StringComparison.Ordinal
        );
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

    private YoloImages Find() => YoloImages.Find([folder["images"]], folder.Path, folder["labels"]);

    private AnnotationSet Read() => YoloImport.Read(Find(), ["cup", "cat"], null).Set;

    private static void AssertNear(Box expected, Box actual)
    {
        Assert.Equal(expected.X, actual.X, 9);
        Assert.Equal(expected.Y, actual.Y, 9);
        Assert.Equal(expected.Width, actual.Width, 9);
        Assert.Equal(expected.Height, actual.Height, 9);
    }
}
