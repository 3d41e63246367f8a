using DetectorDsl.Annotations;
using DetectorDsl.Data.Importing;

namespace DetectorDsl.Data.Tests.Importing;

public sealed class YoloDataFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("names: [cup, 'big cat', \"dog # 1\"]\nnc: 3\n")]
    [InlineData("# classes\nnc: 3 # of them\nnames:\n- cup\n- 'big cat'\n- \"dog # 1\"\n")]
    [InlineData("---\nnames:\n  2: \"dog # 1\"\n  0: cup\r\n  1: big cat   # the second\n")]
    public void Names_AreReadInEveryForm(string text) =>
        Assert.Equal(["cup", "big cat", "dog # 1"], Read(text).Names.AsEnumerable());

    [Fact]
    public void Folders_AreRelativeToThePath_AndThatToTheFile()
    {
        Directory.CreateDirectory(folder["set/images/train"]);
        var data = Read("path: set\ntrain: images/train\nval: 'images/val'\ntest:\ndownload: |\n  a: b\nnames: [a]");

        Assert.Equal(["train", "val"], data.Folders.Keys.Order());
        Assert.Equal(folder["set/images/train"], data.Images("train", "data.yaml"));
        Assert.Equal(folder["set/labels/train"], YoloDataFile.Labels(data.Folders["train"]));
        Assert.Contains("data.yaml: 'val' is " + folder["set/images/val"], Assert.Throws<AnnotationException>(() => data.Images("val", "data.yaml")).Message, StringComparison.Ordinal);
        Assert.Contains("data.yaml: it names no 'test'; there are train, val.", Assert.Throws<AnnotationException>(() => data.Images("test", "data.yaml")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "it has no names")]
    [InlineData("names:\n  0: a\n  2: b\n", "there are 2 names, numbered up to 2")]
    [InlineData("names:\n  0: a\n  0: b\n", "line 3: class 0 is 'a' already")]
    [InlineData("names:\n  x: a\n", "line 2: the class number is 'x'")]
    [InlineData("names: [a, a]\n", "the name 'a' occurs 2 times")]
    [InlineData("names: [a, ]\n", "line 1: the name of class 1 is empty")]
    [InlineData("names: a, b\n", "line 1: names are 'a, b'; a list in brackets")]
    [InlineData("nc: 3\nnames: [a, b]\n", "nc is 3, but there are 2 names")]
    [InlineData("nonsense\n", "line 1: 'nonsense' is no 'name: value'")]
    public void AFileThatCannotBeUsed_IsRefusedWithItsLine(string text, string expected)
    {
        var message = Assert.Throws<AnnotationException>(() => Read(text)).Message;
        Assert.StartsWith(folder["data.yaml"] + ": ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    private YoloDataFile Read(string text)
    {
        File.WriteAllText(folder["data.yaml"], text);
        return YoloDataFile.Read(folder["data.yaml"]);
    }
}
