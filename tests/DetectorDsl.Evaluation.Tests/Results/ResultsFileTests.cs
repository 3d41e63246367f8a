using System.IO.Compression;
using System.Text;
using DetectorDsl.Annotations;
using DetectorDsl.Evaluation.Results;
using DetectorDsl.Evaluation.Tests.Support;

namespace DetectorDsl.Evaluation.Tests.Results;

/// <summary>Results files in and out.</summary>
public class ResultsFileTests
{
    private static readonly RleMask Mask = RleMask.FromBox(new Box(20, 30, 40, 50), 200, 200);

    [Fact]
    public void WhatIsWritten_IsRead_ToTheLastBit()
    {
        using var folder = new TemporaryFolder();
        DetectionResult[] results =
        [
            new(7, 3, 0.1 + 0.2, new Box(1.0 / 3, 2, 3.25, 4), null),
            new(long.MaxValue, 1203, 1e-30, new Box(20, 30, 40, 50), Mask),
        ];
        using var stream = new MemoryStream();
        ResultsWriter.Write(stream, results);
        Assert.Equal(results, ResultsReader.Read(folder.Write("r.json", stream.ToArray())));

        using var gzipped = new MemoryStream();
        using (var gzip = new GZipStream(gzipped, CompressionLevel.Fastest))
        {
            gzip.Write(stream.ToArray());
        }

        Assert.Equal(results, ResultsReader.Read(folder.Write("r.json.gz", gzipped.ToArray())));
    }

    [Fact]
    public void MasksAlone_CarryNoBox_AndBoxesAloneNoMask()
    {
        DetectionResult[] results = [new(1, 1, 0.5, new Box(20, 30, 40, 50), Mask)];
        Assert.Equal([results[0] with { Box = null }], Read(ResultsWriter.WriteMasks));
        Assert.Equal([results[0] with { Mask = null }], Read(ResultsWriter.WriteBoxes));
        var exception = Assert.Throws<AnnotationException>(() =>
            ResultsWriter.WriteMasks(Stream.Null, [new(1, 2, 0.5, new Box(0, 0, 1, 1), null)])
        );
        Assert.Contains("image 1, category 2", exception.Message, StringComparison.Ordinal);

        List<DetectionResult> Read(Action<Stream, IEnumerable<DetectionResult>> write)
        {
            using var folder = new TemporaryFolder();
            using var stream = new MemoryStream();
            write(stream, results);
            return ResultsReader.Read(folder.Write("r.json", stream.ToArray()));
        }
    }

    [Fact]
    public void EveryFormOfMaskIsRead()
    {
        using var folder = new TemporaryFolder();
        var truth = new Scene(1, 1).Object(1, 1, new Box(20, 30, 40, 50)).Build();
        var text = Mask.ToText().Replace("\\", "\\\\", StringComparison.Ordinal);
        var path = folder.Write(
            "r.json",
            $$"""
            [ {"image_id": 1, "category_id": 1.0, "score": 1, "segmentation": {"size": [200, 200], "counts": "{{text}}"} },
              {"image_id": 1, "category_id": 1, "score": 1, "other": [{"a": 1}, {"b": 2}], "segmentation": {"counts": [{{string.Join(
                ',',
                Mask.Runs.ToArray()
            )}}], "size": [200, 200]} },
              {"segmentation": [[20, 30, 60, 30, 60, 80, 20, 80]], "bbox": [], "image_id": 1, "category_id": 1, "score": 1} ]
            """
        );
        var results = ResultsReader.Read(path, truth);
        Assert.Equal(3, results.Count);
        Assert.All(results, result => Assert.Equal(Mask, result.Mask));
        Assert.All(results, result => Assert.Null(result.Box));
        var exception = Assert.Throws<AnnotationException>(() => ResultsReader.Read(path));
        Assert.Contains("entry [2]: its mask is a polygon", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileOfManyPieces_KeepsItsOrder()
    {
        // About 4 MB: pieces are cut at 1 MB. Half of the entries hold what looks like a cut and is none.
        using var folder = new TemporaryFolder();
        var text = new StringBuilder("[");
        for (var i = 0; i < 40_000; i++)
        {
            text.Append(
                i == 0 ? ""
                : i % 3 == 0 ? " ,\n "
                : ","
            );
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $$"""{"image_id":{{i}},"category_id":1,"score":0.5,"bbox":[0,0,1,1]"""
            );
            text.Append(i % 2 == 0 ? ""","note":"},{"}""" : ""","note":[{"a":{}},{"b":[{},{}]}]}""");
        }

        text.Append(']');
        var results = ResultsReader.Read(folder.Write("r.json", text.ToString()));
        Assert.Equal(Enumerable.Range(0, 40_000).Select(i => (long)i), results.Select(result => result.ImageId));
    }

    [Fact]
    public void AnEntryLargerThanAPiece_IsRead()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write(
            "r.json",
            $$"""[{"image_id":1,"category_id":1,"score":0.5,"bbox":[0,0,1,1],"note":"{{new string('x', 5_000_000)}}"},{"image_id":2,"category_id":1,"score":0.5,"bbox":[0,0,1,1]}]"""
        );
        Assert.Equal([1L, 2L], ResultsReader.Read(path).Select(result => result.ImageId));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("},{")]
    public void AnEntryWithoutEnd_IsRefused_BeforeItTakesMuch(string unit)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("r.json.gz", "");
        using (var file = new System.IO.Compression.GZipStream(File.Create(path), System.IO.Compression.CompressionLevel.Fastest))
        {
            var block = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(unit, (1 << 20) / unit.Length)));
            file.Write("[{\"image_id\":1,\"x\":\""u8);
            for (var i = 0; i < 60; i++)
            {
                file.Write(block);
            }
        }

        Assert.Contains(
            "takes more than 32 MiB",
            Assert.Throws<AnnotationException>(() => ResultsReader.Read(path)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("", "it holds nothing")]
    [InlineData("<html>", "this is no JSON but a web page")]
    [InlineData("PK\u0003\u0004", "this is no JSON but a zip archive")]
    [InlineData("{\"images\": []}", "an annotation file is of that form")]
    public void AFileOfAnotherKind_IsCalledWhatItIs(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("r.json", text);
        var exception = Assert.Throws<AnnotationException>(() => ResultsReader.Read(path));
        Assert.StartsWith(path + ": ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "not a list of results")]
    [InlineData("[1]", "entry [0]: no valid JSON: an object is needed, not '1'")]
    [InlineData("[GOOD GOOD]", "entry [1]: no valid JSON: a comma or the end of the list is needed before it, not '{'")]
    [InlineData("[GOOD,]", "entry [1]: no valid JSON: an object is needed, not ']'")]
    [InlineData("[{\"image_id\":01,\"category_id\":1,\"score\":1,\"bbox\":[0,0,1,1]}]", "no valid JSON")]
    [InlineData("[{\"image_id\":1,\"category_id\":1,\"score\":1.,\"bbox\":[0,0,1,1]}]", "no valid JSON")]
    [InlineData("[{\"image_id\":1,\"category_id\":1,\"score\":-,\"bbox\":[0,0,1,1]}]", "no valid JSON")]
    [InlineData("[{\"image_id\":1,\"category_id\":1,\"score\":1,\"bbox\":[0,0,1,1],}]", "no valid JSON")]
    [InlineData("[GOOD,", "entry [1]: no valid JSON")]
    [InlineData("[GOOD", "entry [1]: no valid JSON")]
    [InlineData("[GOOD,{\"image_id\":1", "entry [1]: no valid JSON")]
    [InlineData("[GOOD] x", "entry [1]: no valid JSON")]
    [InlineData("[GOOD,{\"category_id\":1,\"score\":1,\"bbox\":[0,0,1,1]}]", "entry [1]: it has no 'image_id'")]
    [InlineData("[{\"image_id\":1,\"score\":1,\"bbox\":[0,0,1,1]}]", "it has no 'category_id'")]
    [InlineData("[{\"image_id\":1,\"category_id\":1,\"bbox\":[0,0,1,1]}]", "it has no 'score'")]
    [InlineData("[{\"image_id\":1,\"category_id\":1,\"score\":1}]", "neither 'bbox' nor 'segmentation'")]
    [InlineData("[{\"image_id\":1,\"category_id\":1,\"score\":1,\"bbox\":[0,0,1]}]", "'bbox' has 3 numbers")]
    [InlineData("[{\"image_id\":1,\"category_id\":1,\"score\":1,\"bbox\":[0,0,1,1,1]}]", "'bbox' has 5 numbers")]
    [InlineData("[{\"image_id\":1,\"category_id\":1,\"score\":1,\"bbox\":[0,0,1e999,1]}]", "the box [0, 0, ")]
    [InlineData("[{\"image_id\":1,\"category_id\":1,\"score\":1,\"bbox\":\"a\"}]", "'bbox' needs to be a list")]
    [InlineData("[{\"image_id\":1,\"category_id\":1,\"score\":\"high\",\"bbox\":[0,0,1,1]}]", "'score' needs to be a number")]
    [InlineData("[{\"image_id\":1,\"category_id\":1,\"score\":NaN,\"bbox\":[0,0,1,1]}]", "entry [0]: it holds NaN, which is no number")]
    [InlineData("[{\"image_id\":1,\"category_id\":1,\"score\":1,\"bbox\":[0,-Infinity,1,1]}]", "it holds -Infinity, which is no number")]
    [InlineData("[{\"image_id\":\"a\",\"category_id\":1,\"score\":1,\"bbox\":[0,0,1,1]}]", "not the text \"a\"")]
    [InlineData("[{\"image_id\":1.5,\"category_id\":1,\"score\":1,\"bbox\":[0,0,1,1]}]", "'image_id' needs to be a whole number")]
    [InlineData("[{\"image_id\":1,\"category_id\":99999999999,\"score\":1,\"bbox\":[0,0,1,1]}]", "category_id is 99999999999")]
    [InlineData("[{\"image_id\":2,\"category_id\":1,\"score\":1,\"bbox\":[0,0,1,1]}]", "entry [0]: image 2 is not in the annotations")]
    [InlineData("[{\"image_id\":1,\"category_id\":1,\"score\":1,\"segmentation\":{\"counts\":\"1\"}}]", "both 'size' and 'counts'")]
    [InlineData(
        "[{\"image_id\":1,\"category_id\":1,\"score\":1,\"segmentation\":{\"size\":[200],\"counts\":\"1\"}}]",
        "'size' has 1 numbers"
    )]
    [InlineData(
        "[{\"image_id\":1,\"category_id\":1,\"score\":1,\"segmentation\":{\"size\":[100,200],\"counts\":[20000]}}]",
        "its mask is of 100 x 200, image 1 of 200 x 200"
    )]
    [InlineData(
        "[{\"image_id\":1,\"category_id\":1,\"score\":1,\"segmentation\":{\"size\":[200,200],\"counts\":[5]}}]",
        "add up to 5 pixels, not to 200 x 200"
    )]
    [InlineData(
        "[{\"image_id\":1,\"category_id\":1,\"score\":1,\"bbox\":[0,0,1,1],\"segmentation\":{\"size\":[200,200],\"counts\":\"~\"}}]",
        "character code 126"
    )]
    [InlineData(
        "[{\"image_id\":1,\"category_id\":1,\"score\":1,\"segmentation\":{\"size\":[200,200],\"counts\":[-5]}}]",
        "a run of -5 pixels"
    )]
    [InlineData("[{\"image_id\":1,\"category_id\":1,\"score\":1,\"segmentation\":[[1,2,3,4]]}]", "a polygon has 4 numbers")]
    [InlineData("[{\"image_id\":1,\"category_id\":1,\"score\":1,\"segmentation\":[1,2,3,4,5,6]}]", "a list of polygons")]
    public void AFileThatCannotBeUsed_IsNamedWithTheEntryAndTheCause(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write(
            "r.json",
            text.Replace("GOOD", "{\"image_id\":1,\"category_id\":1,\"score\":1,\"bbox\":[0,0,1,1]}", StringComparison.Ordinal)
        );
        var truth = new Scene(1, 1).Object(1, 1, new Box(20, 30, 40, 50)).Build();
        foreach (var iouType in new[] { IouType.Boxes, IouType.Masks })
        {
            var exception = Assert.Throws<AnnotationException>(() =>
                new DetectionEvaluator(truth, EvaluationSettings.Coco(iouType)).Evaluate(path)
            );
            Assert.StartsWith(path + ": entry [", exception.Message, StringComparison.Ordinal);
            Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void EveryNumber_IsReadAsItsNearestDouble()
    {
        var random = new Random(8);
        var numbers = new List<string>
        {
            "0",
            "-0",
            "0.1",
            "1e5",
            "1E-5",
            "-2.5e+3",
            "9007199254740993",
            "0.30000000000000004",
            "123456789012345678901234567890.5",
            "5e-324",
            "0.000000000000000000000000001",
        };
        for (var i = 0; i < 4000; i++)
        {
            var digits = string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => random.Next(10)));
            var fraction = string.Concat(Enumerable.Range(0, random.Next(1, 24)).Select(_ => random.Next(10)));
            numbers.Add($"{(i % 2 == 0 ? "-" : "")}{(i % 3 == 0 ? "0" : "1" + digits)}.{fraction}");
        }

        using var folder = new TemporaryFolder();
        var path = folder.Write(
            "r.json",
            "["
                + string.Join(
                    ',',
                    numbers.Select(number =>
                        $$"""{"score": {{number}} ,"image_id":-7 , "category_id":1,"bbox":[ {{number}},{{number}} ,1,1]}"""
                    )
                )
                + "]"
        );
        var results = ResultsReader.Read(path);
        var expected = numbers.Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(expected, results.Select(result => result.Score));
        Assert.Equal(expected, results.Select(result => result.Box!.Value.Y));
        Assert.All(results, result => Assert.Equal(-7, result.ImageId));
    }

    [Fact]
    public void FlippedFiles_AreReadOrRefused()
    {
        using var folder = new TemporaryFolder();
        var truth = new Scene(2, 2).Object(1, 1, new Box(20, 30, 40, 50)).Object(2, 2, new Box(20, 30, 40, 50)).Build();
        var evaluator = new DetectionEvaluator(truth, EvaluationSettings.Coco(IouType.Masks));
        var text = Mask.ToText().Replace("\\", "\\\\", StringComparison.Ordinal);
        var good = Encoding.UTF8.GetBytes(
            $$"""
            [{"image_id":1,"category_id":1,"score":0.5,"bbox":[20,30.5,40,50],"segmentation":{"size":[200,200],"counts":"{{text}}"} },
             {"image_id": 2, "category_id": 2, "score": 0.25, "segmentation": [[20, 30, 60, 30, 60, 80, 20, 80]]}]
            """
        );
        Assert.True(evaluator.Evaluate(folder.Write("good.json", good))["AP"] > 0.9);
        var random = new Random(13);
        var read = 0;
        for (var round = 0; round < 3000; round++)
        {
            var bytes = good.AsSpan().ToArray();
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                bytes[random.Next(bytes.Length)] = (byte)(round % 2 == 0 ? random.Next(256) : random.Next(32, 127));
            }

            var path = folder.Write("bad.json", random.Next(8) == 0 ? bytes[..random.Next(bytes.Length)] : bytes);
            try
            {
                Assert.InRange(evaluator.Evaluate(path)["AP"], 0, 1);
                read++;
            }
            catch (AnnotationException exception)
            {
                Assert.StartsWith(path + ": ", exception.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(read, 1, 2999);
    }

    [Fact]
    public void AMissingFile_IsNamed()
    {
        var exception = Assert.Throws<AnnotationException>(() => ResultsReader.Read("/nowhere/results.json"));
        Assert.StartsWith("/nowhere/results.json: cannot be read", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADamagedArchive_IsNamed()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("r.json.gz", [1, 2, 3, 4]);
        Assert.StartsWith(path, Assert.Throws<AnnotationException>(() => ResultsReader.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADetectionInMemoryThatCannotBeUsed_IsNamedByItsPlace()
    {
        var truth = new Scene(1, 1).Object(1, 1, new Box(20, 30, 40, 50)).Build();
        var evaluator = new DetectionEvaluator(truth, EvaluationSettings.Coco(IouType.Boxes));
        var good = new DetectionResult(1, 1, 0.5, new Box(0, 0, 1, 1), null);
        foreach (
            var (bad, expected) in new (DetectionResult, string)[]
            {
                (good with { Score = double.NaN }, "the score is NaN"),
                (good with { ImageId = 9 }, "image 9"),
                (good with { Box = new Box(double.NaN, 0, 1, 1) }, "the box [NaN"),
                (good with { Box = null }, "neither a box nor a mask"),
                (good with { Mask = RleMask.FromRuns(2, 2, [4]) }, "the mask is of 2 x 2"),
            }
        )
        {
            var exception = Assert.Throws<AnnotationException>(() => evaluator.Evaluate([good, bad]));
            Assert.StartsWith("Detection 1 of 2: ", exception.Message, StringComparison.Ordinal);
            Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void MasksWithoutAnySegmentation_AreRefused()
    {
        var truth = new Scene(1, 1).Object(1, 1, new Box(20, 30, 40, 50), withMask: false).Build();
        var exception = Assert.Throws<AnnotationException>(() => new DetectionEvaluator(truth, EvaluationSettings.Coco(IouType.Masks)));
        Assert.Contains("compare boxes", exception.Message, StringComparison.Ordinal);
    }
}
