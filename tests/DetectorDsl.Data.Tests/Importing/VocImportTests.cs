using DetectorDsl.Annotations;
using DetectorDsl.Data.Importing;

namespace DetectorDsl.Data.Tests.Importing;

public sealed class VocImportTests : IDisposable
{
    private const string Dog = "<object><name>dog</name><difficult>0</difficult><bndbox><xmin>1</xmin><ymin>2</ymin><xmax>10</xmax><ymax>21.5</ymax></bndbox></object>";

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void BoxesCountFromOne_AndIncludeTheLastPixel()
    {
        Write("b.xml", "<filename>second.png</filename>", Dog.Replace("dog", "cat", StringComparison.Ordinal).Replace("<difficult>0", "<difficult>1", StringComparison.Ordinal));
        Write("a.xml", "", Dog);

        var set = VocImport.Read(folder.Path, null);

        Assert.Empty(set.Problems);
        Assert.Equal([(1L, "a.jpg", 30, 40), (2L, "second.png", 30, 40)], set.Images.Select(image => (image.Id, image.FileName, image.Width, image.Height)));
        Assert.Equal([new Category(1, "cat"), new Category(2, "dog")], set.Categories.AsEnumerable());
        Assert.Equal([new InstanceAnnotation(1, 1, 2, new Box(0, 1, 10, 20.5), 205, null, false), new InstanceAnnotation(2, 2, 1, new Box(0, 1, 10, 20.5), 205, null, true)], set.Annotations.AsEnumerable());
    }

    [Fact]
    public void GivenNames_GiveTheOrder()
    {
        Write("a.xml", "", Dog);
        Assert.Equal(2, VocImport.Read(folder.Path, ["bird", "dog"]).Annotations[0].CategoryId);
        var problem = Assert.Single(VocImport.Read(folder.Path, ["bird"]).Problems);
        Assert.Equal((folder["a.xml"], "object 1", "the class 'dog' is not among the class names"), (problem.File, problem.Entry, problem.What));
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
        var set = VocImport.Read(folder.Path, null);
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
        var set = VocImport.Read(folder.Path, null);
        Assert.Empty(set.Images);
        Assert.Equal((folder["a.xml"], entry), (Assert.Single(set.Problems).File, set.Problems[0].Entry));
    }

    [Fact]
    public void AFolderWithoutFiles_IsRefused()
    {
        Assert.Contains("holds no XML file", Assert.Throws<AnnotationException>(() => VocImport.Read(folder.Path, null)).Message, StringComparison.Ordinal);
        Assert.Contains("--labels", Assert.Throws<AnnotationException>(() => VocImport.Read(folder["none"], null)).Message, StringComparison.Ordinal);
    }

    private void Write(string name, string head, string objects) =>
        File.WriteAllText(folder[name], $"<annotation>{head}<size><width>30</width><height>40</height><depth>3</depth></size>{objects}</annotation>");
}
