using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Importing;
using DetectorDsl.Data.Tests.Images;

namespace DetectorDsl.Data.Tests.Importing;

public sealed class VocImportTests : IDisposable
{
    private const string Dog =
        "<object><name>dog</name><difficult>0</difficult><bndbox><xmin>1</xmin><ymin>2</ymin><xmax>10</xmax><ymax>21.5</ymax></bndbox></object>";

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void BoxesCountFromOne_AndIncludeTheLastPixel()
    {
        Write(
            "b.xml",
            "<filename>second.png</filename>",
            Dog.Replace("dog", "cat", StringComparison.Ordinal).Replace("<difficult>0", "<difficult>1", StringComparison.Ordinal)
        );
        Write("a.xml", "", Dog);

        var (set, remarks) = VocImport.Read(folder.Path, null);

        Assert.Empty(set.Problems);
        Assert.Contains(remarks, remark => remark.Contains("b.xml: 'second.png'", StringComparison.Ordinal));
        Assert.Equal(
            [(1L, "a.jpg", 30, 40), (2L, "b.png", 30, 40)],
            set.Images.Select(image => (image.Id, image.FileName, image.Width, image.Height))
        );
        Assert.Equal([new Category(1, "cat"), new Category(2, "dog")], set.Categories.AsEnumerable());
        Assert.Equal(
            [
                new InstanceAnnotation(1, 1, 2, new Box(0, 1, 10, 20.5), 205, null, false),
                new InstanceAnnotation(2, 2, 1, new Box(0, 1, 10, 20.5), 205, null, true),
            ],
            set.Annotations.AsEnumerable()
        );
    }

    [Fact]
    public void GivenNames_GiveTheOrder()
    {
        Write("a.xml", "", Dog);
        Assert.Equal(2, VocImport.Read(folder.Path, ["bird", "dog"]).Set.Annotations[0].CategoryId);
        var problem = Assert.Single(VocImport.Read(folder.Path, ["bird"]).Set.Problems);
        Assert.Equal(
            (folder["a.xml"], "object 1", "the class 'dog' is not among the class names"),
            (problem.File, problem.Entry, problem.What)
        );
    }

    [Theory]
    [InlineData("<xmax>10</xmax>", "", "'1', '2', '', '21.5'; four numbers are wanted")]
    [InlineData("<xmax>10</xmax>", "<xmax>ten</xmax>", "'ten'")]
    [InlineData("<xmax>10</xmax>", "<xmax>0</xmax>", "from 1, 2 to 0, 21.5 is empty or outside")]
    [InlineData("<xmin>1</xmin>", "<xmin>31</xmin>", "is empty or outside the image of 30 x 40")]
    [InlineData("<name>dog</name>", "", "it has no name")]
    public void AnObjectThatCannotBeUsed_IsNamed(string part, string other, string what)
    {
        Write("a.xml", "", Dog + Dog.Replace(part, other, StringComparison.Ordinal));
        var set = VocImport.Read(folder.Path, null).Set;
        Assert.Single(set.Annotations);
        var problem = Assert.Single(set.Problems);
        Assert.Equal((folder["a.xml"], "object 2", "left out"), (problem.File, problem.Entry, problem.Done));
        Assert.Contains(what, problem.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<annotation>", "file")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]><annotation>&b;</annotation>", "file")]
    [InlineData("<annotation><filename>a.jpg</filename></annotation>", "image")]
    [InlineData("<annotation><size><width>0</width><height>5</height></size></annotation>", "image")]
    public void AFileThatCannotBeUsed_IsNamed(string text, string entry)
    {
        File.WriteAllText(folder["a.xml"], text);
        var set = VocImport.Read(folder.Path, null).Set;
        Assert.Empty(set.Images);
        Assert.Equal((folder["a.xml"], entry), (Assert.Single(set.Problems).File, set.Problems[0].Entry));
    }

    [Theory]
    [InlineData("")]
    [InlineData("b")]
    [InlineData("other.png")]
    [InlineData("C:\\photos\\b.JPG")]
    public void TheImage_IsTheOneOfTheFilesOwnName(string stated)
    {
        Image("JPEGImages/b.png", 30, 40);
        Image("JPEGImages/other.png", 30, 40);
        Write("Annotations/b.xml", $"<filename>{stated}</filename>", Dog);
        var (set, remarks) = VocImport.Read(folder["Annotations"], null);
        Assert.Equal("b.png", Assert.Single(set.Images).FileName);
        Assert.Equal(stated is "other.png", remarks.Any(remark => remark.Contains("state another image", StringComparison.Ordinal)));
    }

    [Fact]
    public void AnImageThatIsNowhere_OrOfAnotherSize_IsNamed()
    {
        Image("pictures/b.png", 31, 40);
        Image("pictures/stated.png", 30, 40);
        Write("xml/a.xml", "<filename>gone.png</filename>", Dog);
        Write("xml/b.xml", "", Dog);
        Write("xml/c.xml", "<filename>stated.png</filename>", Dog);
        var set = VocImport.Read(folder["xml"], null, folder["pictures"]).Set;
        Assert.Equal(["stated.png"], set.Images.Select(image => image.FileName));
        Assert.Equal([folder["xml/a.xml"], folder["xml/b.xml"]], set.Problems.Select(problem => problem.File));
        Assert.Contains("no image called like this file, nor 'gone.png'", set.Problems[0].What, StringComparison.Ordinal);
        Assert.Contains("stated as 30 x 40, but b.png is 31 x 40 pixels", set.Problems[1].What, StringComparison.Ordinal);
        Assert.Contains(
            "--images",
            Assert.Throws<DatasetException>(() => VocImport.Read(folder["xml"], null, folder["nowhere"])).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void TwoFilesOfOneImage_AreToldOf()
    {
        Image("JPEGImages/b.png", 30, 40);
        Write("Annotations/a.xml", "<filename>b.png</filename>", Dog);
        Write("Annotations/b.xml", "", Dog);
        var set = VocImport.Read(folder["Annotations"], null).Set;
        Assert.Single(set.Images);
        Assert.Contains($"which is that of {folder["Annotations/b.xml"]}", Assert.Single(set.Problems).What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<size><width>0</width><height>0</height></size>")]
    [InlineData("<size><width/><height/></size>")]
    [InlineData("")]
    public void ASizeThatIsNotStated_IsReadFromTheImage(string size)
    {
        Image("JPEGImages/a.png", 30, 40);
        Directory.CreateDirectory(folder["Annotations"]);
        File.WriteAllText(folder["Annotations/a.xml"], $"<annotation>{size}{Dog}</annotation>");
        var image = Assert.Single(VocImport.Read(folder["Annotations"], null).Set.Images);
        Assert.Equal((30, 40), (image.Width, image.Height));
    }

    [Fact]
    public void EndingsInCapitals_AndFoldersBelow_AreRead_AndOtherFilesNamed()
    {
        Write("A.XML", "", Dog);
        Write("more/deep/b.xml", "<filename>b.bmp</filename>", Dog);
        File.WriteAllText(folder["notes.txt"], "");
        var (set, remarks) = VocImport.Read(folder.Path, null);
        Assert.Equal(["A.jpg", "more/deep/b.bmp"], set.Images.Select(image => image.FileName));
        Assert.Contains(remarks, remark => remark.EndsWith($": 1, the first {folder["notes.txt"]}.", StringComparison.Ordinal));
    }

    [Fact]
    public void AFileWithABoxFromZero_CountsFromZero_AndIsNamed()
    {
        const string Whole = "<object><name>dog</name><bndbox><xmin>0</xmin><ymin>0</ymin><xmax>29</xmax><ymax>40</ymax></bndbox></object>";
        Write("a.xml", "", Whole + Dog);
        Write("b.xml", "", Dog);
        var (set, remarks) = VocImport.Read(folder.Path, null);
        Assert.Equal(
            [new Box(0, 0, 30, 40), new Box(1, 2, 10, 20.5), new Box(0, 1, 10, 20.5)],
            set.Annotations.Select(annotation => annotation.Box)
        );
        Assert.Contains(remarks, remark =>
            remark.Contains("from 0", StringComparison.Ordinal)
            && remark.EndsWith($": 1, the first {folder["a.xml"]}.", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("<x1>1</x1><y1>2</y1><x2>11</x2><y2>2</y2><x3>11</x3><y3>12</y3>", 3, 50)]
    [InlineData(
        "<point><x>1</x><y>2</y></point><point><x>11</x><y>2</y></point><point><x>11</x><y>12</y></point><point><x>1</x><y>12</y></point>",
        4,
        100
    )]
    [InlineData("<pt><x>1</x><y>2</y></pt><pt><x>11</x><y>2</y></pt><pt><x>11</x><y>12</y></pt>", 3, 50)]
    public void AnOutline_IsTaken(string corners, int count, double area)
    {
        Write("a.xml", "", Dog.Replace("</object>", $"<polygon>{corners}</polygon></object>", StringComparison.Ordinal));
        var annotation = Assert.Single(VocImport.Read(folder.Path, null).Set.Annotations);
        Assert.Equal(2 * count, Assert.IsType<PolygonSegmentation>(annotation.Segmentation).Rings[0].Length);
        Assert.InRange(annotation.Area, area - 10, area + 10);
        Assert.Equal(new Box(0, 1, 10, 20.5), annotation.Box);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<x1>1</x1><y1>2</y1><x2>11</x2><y2>2</y2>")]
    [InlineData("<x1>1</x1><y1>2</y1><x2>11</x2><y2>2</y2><x3>eleven</x3><y3>2</y3>")]
    public void AnOutlineThatIsNone_LeavesTheBox_AndIsNamed(string corners)
    {
        Write("a.xml", "", Dog.Replace("</object>", $"<polygon>{corners}</polygon></object>", StringComparison.Ordinal));
        var (set, remarks) = VocImport.Read(folder.Path, null);
        Assert.Null(Assert.Single(set.Annotations).Segmentation);
        Assert.Contains(remarks, remark => remark.Contains("a.xml: object 1", StringComparison.Ordinal));
    }

    [Fact]
    public void ATurnedBox_IsNamed()
    {
        Write("a.xml", "", "<object><name>dog</name><robndbox><cx>5</cx><cy>5</cy><w>3</w><h>3</h><angle>0.5</angle></robndbox></object>");
        Assert.Contains(
            "turned (<robndbox>)",
            Assert.Single(VocImport.Read(folder.Path, null).Set.Problems).What,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void ADocumentType_IsRefusedInPlainWords()
    {
        File.WriteAllText(folder["a.xml"], "<?xml version='1.0'?><!DOCTYPE annotation SYSTEM 'x.dtd'><annotation/>");
        Assert.Contains(
            "take these lines out",
            Assert.Single(VocImport.Read(folder.Path, null).Set.Problems).What,
            StringComparison.Ordinal
        );
    }

    // A quarter of a megabyte each; the time limit is a hundred times what they take.
    [Theory]
    [InlineData("<a>", 80_000)]
    [InlineData("<a xmlns:b='c'>", 15_000)]
    [InlineData("<object/>", 20_000)]
    public void XmlWithoutMeasure_TakesNoTime(string piece, int times)
    {
        var attributes = string.Concat(Enumerable.Range(0, 20_000).Select(i => $" a{i}='b'"));
        File.WriteAllText(folder["a.xml"], $"<annotation>{string.Concat(Enumerable.Repeat(piece, times))}</annotation>");
        File.WriteAllText(folder["b.xml"], $"<annotation{attributes}/>");
        Write(
            "c.xml",
            "",
            Dog.Replace(
                "</object>",
                $"<polygon>{string.Concat(Enumerable.Range(1, 20_000).Select(i => $"<x{i}>{i % 29}</x{i}><y{i}>{i % 37}</y{i}>"))}</polygon></object>",
                StringComparison.Ordinal
            )
        );
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.NotEmpty(VocImport.Read(folder.Path, null).Set.Problems);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
    }

    [Fact]
    public void AFolderWithoutFiles_IsRefused()
    {
        Assert.Contains(
            "holds no XML file",
            Assert.Throws<AnnotationException>(() => VocImport.Read(folder.Path, null)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "--labels",
            Assert.Throws<AnnotationException>(() => VocImport.Read(folder["none"], null)).Message,
            StringComparison.Ordinal
        );
    }

    private void Write(string name, string head, string objects) =>
        WriteText(name, $"<annotation>{head}<size><width>30</width><height>40</height><depth>3</depth></size>{objects}</annotation>");

    private void WriteText(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        File.WriteAllText(folder[name], text);
    }

    private void Image(string name, int width, int height)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        File.WriteAllBytes(folder[name], TestImages.Png(width, height));
    }
}
