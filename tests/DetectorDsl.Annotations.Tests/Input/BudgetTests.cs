using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using DetectorDsl.Annotations.Tests.Support;

namespace DetectorDsl.Annotations.Tests.Input;

/// <summary>Small files cost little, whatever they say.</summary>
public sealed class BudgetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void OfManyDefects_AllAreCounted_AndTheFirstKept()
    {
        var text = $"{{\"images\":[],\"categories\":[],\"annotations\":[{string.Join(',', Enumerable.Repeat("{}", 400_000))}]}}";
        var path = folder.Write("a.json", text);
        var set = AnnotationReader.Read(path);
        Assert.Equal((400_000, 400_000, InputBudget.KeptProblems), (set.ProblemCount, set.LeftOut, set.Problems.Length));
        Assert.Equal("annotations[999]", set.Problems[^1].Entry);
    }

    [Theory]
    [InlineData(" ", 300)]
    [InlineData("{\"id\":1,\"image_id\":1,\"category_id\":1},", 120)]
    public void CompressedData_MayNotGrowWithoutBound(string unit, int megabytes)
    {
        var path = Path.Combine(folder.Path, "a.json.gz");
        using (var file = new GZipStream(File.Create(path), CompressionLevel.SmallestSize))
        {
            file.Write("{\"images\":[],\"categories\":[],\"annotations\":["u8);
            var block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(unit, (1 << 20) / unit.Length)));
            for (var i = 0; i < megabytes; i++)
            {
                file.Write(block);
            }
        }

        Assert.Contains(
            "grow to more than 250 times",
            Assert.Throws<AnnotationException>(() => AnnotationReader.Read(path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void AnEntry_AndTheDepthOfNesting_HaveBounds()
    {
        var large = new string('x', InputBudget.LargestEntry + (1 << 20));
        Refuse(
            $"{{\"images\":[{{\"id\":1,\"x\":\"{large}\"}}],\"annotations\":[],\"categories\":[]}}",
            "images[0]: not in the COCO or LVIS format: a value takes more than 32 MiB"
        );
        Refuse(
            $"{{\"images\":[],\"annotations\":[{{\"id\":1,\"x\":{new string('[', 9_999)}",
            "annotations[0]: no valid JSON at line 1, byte 101: lists and objects are nested more than 64 levels deep"
        );

        // A list beside those that are read may be as long as it likes.
        var others = string.Join(',', Enumerable.Repeat($"\"{new string('x', 1 << 20)}\"", 40));
        var set = AnnotationReader.Read(
            folder.Write("a.json", $"{{\"others\":[{others}],\"images\":[],\"annotations\":[],\"categories\":[]}}")
        );
        Assert.Equal(("'others'", "passed over"), (set.Problems.Single().Entry, set.Problems[0].Done));
        Assert.Null(set.Extra);
    }

    [Fact]
    public void AnOutlineThatCrossesTheImageTooOften_IsNoMask()
    {
        var zigzag = Enumerable.Range(0, 500).SelectMany(i => new[] { i % 2 == 0 ? -1e9 : 1e9, i * 7.5 }).ToImmutableArray();
        var text = $$"""
            {"images": [{"id": 1, "file_name": "a", "width": 60000, "height": 20000}], "categories": [{"id": 1, "name": "a"}],
             "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "segmentation": [[{{string.Join(
                ", ",
                zigzag
            )}}]]}]}
            """;
        var set = AnnotationReader.Read(folder.Write("a.json", text));
        Assert.Contains(
            "its outline of 500 points crosses columns of the image 30000000 times",
            set.Problems.Single().What,
            StringComparison.Ordinal
        );
        Assert.Null(set.Annotations.Single().Segmentation);
        Assert.Throws<AnnotationException>(() => RleMask.FromPolygons([zigzag], 20_000, 60_000));
        Assert.Equal(600, RleMask.FromPolygons([zigzag], 600, 600).Width);
    }

    [Fact]
    public void ManyRings_AreJoinedAsOneAfterTheOtherWould()
    {
        var random = new Random(3);
        ImmutableArray<ImmutableArray<double>> rings =
        [
            .. Enumerable.Range(0, 37).Select(_ => Enumerable.Range(0, 8).Select(_ => 60 * random.NextDouble()).ToImmutableArray()),
        ];
        var joined = rings
            .Select(ring => RleMask.FromPolygon(ring.AsSpan(), 60, 60))
            .Aggregate((one, other) => RleMask.Merge([one, other], intersect: false));
        Assert.Equal(joined, RleMask.FromPolygons(rings, 60, 60));
    }

    [Fact]
    public void PythonsNumbers_AreFoundAcrossPiecesOfAnySize_AndNotWithinTexts()
    {
        const string text = """{"a": [NaN, -Infinity,Infinity], "b\\": "NaN \" Infinity", "c": -NaN, "NaN": 1}""";
        var expected = """{"a": ["?", "-Infini","Infini"], "b\\": "NaN \" Infinity", "c": -"?", "NaN": 1}""".Replace('?', '\u007F');
        foreach (var most in (int[])[1, 2, 3, 7, 4096])
        {
            using var reader = new StreamReader(new PythonNumbers(new SlowStream(Encoding.UTF8.GetBytes(text), most)));
            Assert.Equal(expected, reader.ReadToEnd());
        }
    }

    private void Refuse(string text, string expected) =>
        Assert.Contains(
            expected,
            Assert.Throws<AnnotationException>(() => AnnotationReader.Read(folder.Write("a.json", text))).Message,
            StringComparison.Ordinal
        );
}
