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
    [InlineData("names: ['cup', 'big cat',\n        \"dog # 1\"]\n")]
    [InlineData("names: {0: cup, 1: big cat, 2: 'dog # 1'}\n")]
    [InlineData("names:\n  '0': cup\n  \"1\": big\n    cat\n  2: 'dog # 1'\n")]
    [InlineData("nc: 3\nnames: [\n  cup, # the first\n  big cat,\n  'dog # 1',\n]\n")]
    [InlineData("\ufeff# by a tool\r\nnames:\r\n    - cup\r\n    - big cat\r\n    - \"dog \\u0023 1\"\r\n")]
    [InlineData("%YAML 1.1\n---\nnames: &all [cup, big cat, 'dog # 1']\nroboflow: {workspace: w, license: [CC, *all]}\n...\n")]
    [InlineData("---\nnames:\n  2: \"dog # 1\"\n  0: cup\r\n  1: big cat   # the second\n")]
    public void Names_AreReadInEveryForm(string text) => Assert.Equal(["cup", "big cat", "dog # 1"], Read(text).Names.AsEnumerable());

    [Fact]
    public void Names_MayHoldCommasAndQuotes() =>
        Assert.Equal(
            ["bolt, small", "driver's seat", "5", "yes", "a: b"],
            Read("names: ['bolt, small', 'driver''s seat', 5, yes, \"a: b\"]").Names.AsEnumerable()
        );

    [Fact]
    public void ANumberOfClassesAlone_NamesThemAsUltralyticsDoes() =>
        Assert.Equal(["class_0", "class_1"], Read("nc: 2\n").Names.AsEnumerable());

    [Theory]
    [InlineData("train: images/train", "set/images/train")]
    [InlineData("path: set\ntrain: images/train", "set/images/train")]
    [InlineData("path: ../elsewhere/set # of another machine\ntrain: set/images/train", "set/images/train")]
    [InlineData("path: 'set'\ntrain: ../images/train", "set/images/train")]
    [InlineData("train: ../set/images/train", "set/images/train")]
    [InlineData("train: set\\images\\train", "set/images/train")]
    [InlineData("train: 'set\\images\\train'", "set/images/train")]
    [InlineData("train: \"set\\\\images\\\\train\"", "set/images/train")]
    [InlineData("path: .\\set\ntrain: ..\\images\\train", "set/images/train")]
    [InlineData("train: [set/images/train, set/images/more]", "set/images/train", "set/images/more")]
    [InlineData(
        "path: ./set\ntrain:\n  - images/train\n  - images/more\n  - list.txt",
        "set/images/train",
        "set/images/more",
        "set/list.txt"
    )]
    [InlineData("path: set/\ntrain: list.txt", "set/list.txt")]
    public void ImagesAreFound_InEveryForm(string text, params string[] expected)
    {
        Directory.CreateDirectory(folder["set/images/train"]);
        Directory.CreateDirectory(folder["set/images/more"]);
        File.WriteAllText(folder["set/list.txt"], "");
        if (!text.StartsWith("train: images", StringComparison.Ordinal))
        {
            Assert.Equal(expected.Select(name => folder[name]), Read(text + "\nnames: [a]").Images("train"));
        }

        Assert.Equal(
            expected.Select(name => folder[name]),
            Read(
                    text.Replace("path: ", $"path: {folder.Path}/", StringComparison.Ordinal)
                        .Replace("'set'", "set", StringComparison.Ordinal)
                        .Replace("train: images", $"train: {folder.Path}/set/images", StringComparison.Ordinal) + "\nnames: [a]"
                )
                .Images("train")
        );
    }

    [Fact]
    public void RoboflowsExport_NamesFoldersBesideItsOwn()
    {
        // The parts lie beside data.yaml, and it says "../train/images".
        Directory.CreateDirectory(folder["train/images"]);
        Assert.Equal(
            [folder["train/images"]],
            Read("train: ../train/images\nval: ../valid/images\nnc: 1\nnames: ['a']").Images("train").AsEnumerable()
        );
    }

    [Fact]
    public void APartThatIsNowhere_IsNamed()
    {
        var data = Read("path: set\ntrain: images/train\nval: 'images/val'\ntest:\ndownload: |\n  a: b\nnames: [a]");
        Assert.Equal(["train", "val"], data.Parts.Keys.Order());
        Assert.Contains(
            "data.yaml: 'val' is " + folder["images/val"],
            Assert.Throws<AnnotationException>(() => data.Images("val")).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "data.yaml: it names no 'test'; there are train, val.",
            Assert.Throws<AnnotationException>(() => data.Images("test")).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("kpt_shape: [17, 3]", 17, 3)]
    [InlineData("kpt_shape:\n- 4\n- 2\nflip_idx: [0, 1, 2, 3]", 4, 2)]
    public void KeyPoints_AreRead(string text, int count, int values) =>
        Assert.Equal(new YoloPoints(count, values), Read(text + "\nnames: [a]").Points);

    [Theory]
    [InlineData("", "it holds nothing")]
    [InlineData("# nothing\n", "it has no names")]
    [InlineData("names:\n  0: a\n  2: b\n", "there are 2 names, numbered up to 2")]
    [InlineData("names:\n  0: a\n  0: b\n", "line 3: no valid YAML")]
    [InlineData("names:\n  x: a\n", "line 2: the class number is 'x'")]
    [InlineData("names: [a, a]\n", "the name 'a' occurs 2 times")]
    [InlineData("names: [a, '']\n", "line 1: the name of class 1 is empty")]
    [InlineData("names: a, b\n", "line 1: names are 'a, b'; a list in brackets")]
    [InlineData("nc: 3\nnames: [a, b]\n", "nc is 3, but there are 2 names")]
    [InlineData("nonsense\n", "line 1: 'nonsense' is no 'name: value'")]
    [InlineData("names:\n  0: a\n  '0': b\n", "no valid YAML")]
    [InlineData("names:\n  0: a\n  00: b\n", "line 3: class 0 is 'a' already")]
    [InlineData("names: [a, [b]]\n", "line 1: the name of class 1 is a list; a text is wanted")]
    [InlineData("names: {}\n", "line 1: names are an empty map")]
    [InlineData("nc: two\nnames: [a]\n", "line 1: nc is 'two'")]
    [InlineData("names: [a]\ntrain: {a: b}\n", "line 2: 'train' is 'a map'; a path is wanted")]
    [InlineData("names: [a]\ntrain: \"a\\0b\"\n", "line 2: 'train' is")]
    [InlineData("names: [a]\npath: \"C:\\data\"\n", "write the text between single quotes")]
    [InlineData("names: [a]\nkpt_shape: 17\n", "line 2: kpt_shape is '17'")]
    [InlineData("names: [a]\nkpt_shape: [17, 4]\n", "line 2: kpt_shape is [17, 4]")]
    [InlineData("names: [a\n", "no valid YAML")]
    public void AFileThatCannotBeUsed_IsRefusedWithItsLine(string text, string expected)
    {
        var message = Assert.Throws<AnnotationException>(() => Read(text)).Message;
        Assert.StartsWith(folder["data.yaml"] + ": ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void NestingAndAliasesWithoutMeasure_AreRefused()
    {
        Assert.Contains(
            "64 deep",
            Assert.Throws<AnnotationException>(() => Read($"names: {new string('[', 100_000)}")).Message,
            StringComparison.Ordinal
        );
        var laughs =
            "a0: &a0 [lol]\n"
            + string.Concat(
                Enumerable.Range(1, 30).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n")
            );
        Assert.Contains(
            "aliases",
            Assert.Throws<AnnotationException>(() => Read(laughs + "names: *a30\n")).Message,
            StringComparison.Ordinal
        );
    }

    private YoloDataFile Read(string text)
    {
        File.WriteAllText(folder["data.yaml"], text);
        return YoloDataFile.Read(folder["data.yaml"]);
    }
}
