using System.Text.Json.Nodes;
using DetectorDsl.Annotations;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.CommandLine;

/// <summary>Verbs that look at data, without any model or declaration.</summary>
public sealed class DataVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public DataVerbTests() => TinyData.Write(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Check_OfGoodData_FindsNothing()
    {
        var run = Run("check", "--data", folder.Path);
        run.Succeeds();
        Assert.Contains(
            $"{folder.File("train.json")}: no defect in 3 images with 6 objects of 2 categories.",
            run.Output,
            StringComparison.Ordinal
        );
        Assert.Contains($"{folder.File("val.json")}: no defect", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("declared", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ListsEveryDefect_AndSaysSoByItsCode()
    {
        var set = AnnotationReader.Read(folder.File("train.json"));
        TinyData.Save(
            folder.File("train.json"),
            set with
            {
                Images =
                [
                    set.Images[0] with
                    {
                        NegativeCategoryIds = [3, 9],
                    },
                    set.Images[1],
                    set.Images[2] with
                    {
                        Width = 61,
                    },
                    set.Images[0] with
                    {
                        Id = 200,
                    },
                    new AnnotatedImage(300, "none.png", 40, 40),
                ],
                Annotations =
                [
                    .. set.Annotations,
                    set.Annotations[0] with
                    {
                        Id = 50,
                    },
                    TinyData.Rectangle(51, 100, 3, 70, 5, 30, 10),
                    TinyData.Rectangle(52, 999, 3, 1, 1, 5, 5),
                    TinyData.Rectangle(53, 100, 3, 1, 1, 0.5, 5),
                    TinyData.Rectangle(54, 100, 3, 1, 1, 6, 5) with
                    {
                        Area = 0,
                    },
                ],
                Categories = [.. set.Categories, new Category(8, "red")],
            }
        );

        var run = Run("check", "--annotations", folder.File("train.json"), "--images", folder.File("train"));

        Assert.Equal(1, run.Code);
        Assert.Contains(
            "train.json: not for One, Two: its categories are not the declared ones. Missing: none. Renamed: none. Not declared: 8 'red'.",
            run.Output,
            StringComparison.Ordinal
        );
        var file = folder.File("train.json");
        string[] expected =
        [
            $"{file}: annotation 52: image 999 is not in the file; left out.",
            $"{file}: category 8 (red): the name is that of category 3 too; kept as a class of its own.",
            $"{file}: category 8 (red): no object is of it; kept, though it cannot be learnt.",
            $"{file}: image 100: category 3 is stated to be absent, and the image has objects of it; objects kept.",
            $"{file}: image 100: neg_category_ids names category 9, which is not in the file; passed over.",
            $"{file}: image 200: its file 'image0.png' is that of image 100 too; kept, and seen twice.",
            $"{file}: annotation 50: image, category and box are those of annotation 1 too; kept.",
            $"{file}: annotation 51: its box [70, 5, 30, 10] reaches 20 pixels out of image 100 of 80 x 60; cut off at the edge.",
            $"{file}: annotation 54: its area is stated as 0; kept.",
            $"{file}: annotation 53: its box of 0.5 x 5 pixels within the image is thinner than one; left out.",
            $"{file}: image 102: {Path.Combine(folder.File("train"), "image2.png")} is 60 x 80 pixels, the annotations say 61 x 80; left out with its 2 objects.",
            $"{file}: image 300: {Path.Combine(folder.File("train"), "none.png")} does not exist; left out with its 0 objects.",
        ];
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            run.Output.Split('\n')
                .Where(line =>
                    line.EndsWith('.')
                    && !line.StartsWith("Note: ", StringComparison.Ordinal)
                    && !line.Contains("defects in", StringComparison.Ordinal)
                )
                .Order(StringComparer.Ordinal)
        );
        Assert.Contains($"{file}: 12 defects in 5 images", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Summarize_CountsAndWritesTheCategoryFile()
    {
        var set = AnnotationReader.Read(folder.File("train.json"));
        TinyData.Save(
            folder.File("train.json"),
            set with
            {
                Annotations =
                [
                    .. set.Annotations,
                    TinyData.Rectangle(50, 100, 3, 1, 1, 5, 5),
                    TinyData.Rectangle(51, 100, 7, 1, 1, 9, 5) with
                    {
                        IsCrowd = true,
                    },
                ],
            }
        );

        var run = Run("summarize", "--data", folder.Path, "--categories", folder.File("categories.json"));

        run.Succeeds();
        Assert.Matches(@"objects\s+7\n", run.Output);
        Assert.Matches(@"crowd regions\s+1\n", run.Output);
        Assert.Matches(@"small objects \(area under 32 x 32\)\s+7\n", run.Output);
        Assert.Matches(@"rare \(1 to 10 images\)\s+2\s+7\n", run.Output);
        Assert.Matches(@"red\s+3\s+3\s+4\n", run.Output);
        Assert.Matches(@"width\s+60\s+80\s+80\n", run.Output);
        var categories = JsonNode.Parse(File.ReadAllText(folder.File("categories.json")))!["categories"]!.AsArray();
        Assert.Equal(
            [
                """{"id":3,"name":"red","frequency":"r","image_count":3,"instance_count":4}""",
                """{"id":7,"name":"blue, dark","frequency":"r","image_count":3,"instance_count":3}""",
            ],
            categories.Select(category => category!.ToJsonString())
        );
    }

    [Theory]
    [InlineData("check")]
    [InlineData("summarize")]
    public void WithoutData_OrWithTwoKindsOfIt_TheUsageIsShown(string verb)
    {
        Run(verb).Fails(2, "--annotations FILE", "--data FOLDER");
        Run(verb, "--data", folder.Path, "--annotations", folder.File("train.json")).Fails(2, "--annotations FILE");
        Run(verb, "--annotations", folder.File("missing.json")).Fails(1, "missing.json");
        Run(verb, "--data", folder.File("missing")).Fails(1, "missing");
    }

    [Fact]
    public void Train_OnAFewImages()
    {
        var trainer = new HandWrittenTrainer { TruthFile = folder.File("val.json") };
        CommandLineRun.Of(trainer, "train", "--data", folder.Path, "--output", folder.File("out"), "--limit-images", "2").Succeeds();
        Assert.Equal([100L, 101L], trainer.Request!.Data.Images.Select(image => image.Id));
        CommandLineRun.Of(trainer, "train", "--data", folder.Path, "--limit-images", "0").Fails(2, "--limit-images 0");
    }

    [Fact]
    public void Convert_WritesWhatCheckFindsGood()
    {
        Directory.CreateDirectory(folder.File("labels"));
        File.WriteAllText(folder.File("labels/image0.txt"), "0 0.5 0.5 0.25 0.5\n");
        File.WriteAllText(folder.File("names.txt"), "red\n");
        string[] yolo =
        [
            "convert",
            "yolo",
            "--labels",
            folder.File("labels"),
            "--images",
            folder.File("train"),
            "--names",
            folder.File("names.txt"),
            "--to",
            folder.File("yolo.json"),
        ];
        Run(yolo).Succeeds();
        Assert.Equal(new Box(30, 15, 20, 30), AnnotationReader.Read(folder.File("yolo.json")).Annotations[0].Box);
        Run("check", "--annotations", folder.File("yolo.json"), "--images", folder.File("train")).Succeeds();

        File.AppendAllText(folder.File("labels/image0.txt"), "1 0.5 0.5 0.25 0.5\n");
        var run = Run(yolo);
        Assert.Equal(1, run.Code);
        Assert.Contains("image0.txt: line 2: the class is '1'", run.Output, StringComparison.Ordinal);
        Assert.Contains("left out: 1.", run.Output, StringComparison.Ordinal);

        File.WriteAllText(
            folder.File("labels/a.xml"),
            "<annotation><filename>image0.png</filename><size><width>80</width><height>60</height></size><object><name>red</name><bndbox><xmin>5</xmin><ymin>7</ymin><xmax>34</xmax><ymax>28</ymax></bndbox></object></annotation>"
        );
        Run("convert", "voc", "--labels", folder.File("labels"), "--to", folder.File("voc.json")).Succeeds();
        Assert.Equal(new Box(4, 6, 30, 22), AnnotationReader.Read(folder.File("voc.json")).Annotations[0].Box);
        Run("convert").Fails(2, "voc and yolo");
        Run("convert", "voc", "--labels", folder.File("none"), "--to", folder.File("voc.json")).Fails(1, "none");
    }

    [Fact]
    public void StrictAnnotations_AreRefusedForAnyDefect()
    {
        var set = AnnotationReader.Read(folder.File("train.json"));
        TinyData.Save(folder.File("train.json"), set with { Annotations = [.. set.Annotations, set.Annotations[0]] });
        var trainer = new HandWrittenTrainer { TruthFile = folder.File("val.json") };
        CommandLineRun
            .Of(trainer, "train", "--data", folder.Path, "--strict-annotations")
            .Fails(1, "train.json: 1 of its entries have defects", "annotation 1: the id occurs twice");
        File.WriteAllText(folder.File("results.json"), "[]");
        Run("evaluate", "--annotations", folder.File("train.json"), "--results", folder.File("results.json"), "--strict-annotations")
            .Fails(1, "train.json: 1 of its entries");
        Run("evaluate", "--annotations", folder.File("train.json"), "--results", folder.File("results.json")).Succeeds();
    }

    [Fact]
    public void LvisRules_OnAFileWithoutAbsentCategories_AreRefusedWithTheRemedy()
    {
        var set = AnnotationReader.Read(folder.File("val.json"));
        TinyData.Save(
            folder.File("val.json"),
            set with
            {
                Images = [.. set.Images.Select(image => image with { StatesNegatives = false })],
            }
        );
        File.WriteAllText(folder.File("results.json"), "[]");
        Run("evaluate", "--annotations", folder.File("val.json"), "--results", folder.File("results.json"), "--rules", "lvis")
            .Fails(1, "val.json: No image lists the categories", "--rules coco");
        Run("evaluate", "--annotations", folder.File("val.json"), "--results", folder.File("results.json"), "--rules", "coco").Succeeds();
    }

    [Fact]
    public void Split_WritesWhatTheFileHeld()
    {
        const string text = """
            {"info":{"year":2026},"licenses":[{"id":1}],
            "images":[{"id":1,"file_name":"a","width":9,"height":9,"license":1,"coco_url":"http://x/a"},{"id":2,"file_name":"b"}],
            "annotations":[{"id":1,"image_id":1,"category_id":3,"bbox":[1,2,0,4],"area":5,"iscrowd":0,"ignore":1,"attributes":{"a":[1,{"b":null}]},"keypoints":[1,1,2]},
            {"id":2,"image_id":2,"category_id":3,"bbox":[1,2,3,4],"area":5,"iscrowd":1,"segmentation":"lost","ignore":0}],
            "categories":[{"id":3,"name":"c","supercategory":"s","frequency":"?"}]}
            """;
        File.WriteAllText(folder.File("all.json"), text);
        Run("split", "--annotations", folder.File("all.json"), "--parts", "all=1", "--output", folder.File("parts")).Succeeds();
        AssertSame(JsonNode.Parse(text)!, JsonNode.Parse(File.ReadAllText(folder.File("parts/all.json")))!);

        static void AssertSame(JsonNode expected, JsonNode actual) =>
            Assert.True(JsonNode.DeepEquals(expected, actual), actual.ToJsonString());
    }

    [Fact]
    public void Split_WritesAFileForEachPart()
    {
        TinyData.WriteSplit(folder.Path, "all", 10);
        var run = Run(
            "split",
            "--annotations",
            folder.File("all.json"),
            "--parts",
            "first=0.7,second=0.3",
            "--output",
            folder.File("parts")
        );

        run.Succeeds();
        Assert.Equal(
            [7, 3],
            new[] { "first", "second" }.Select(name => AnnotationReader.Read(folder.File($"parts/{name}.json")).Images.Length)
        );
        Assert.Matches(@"second\s+3\s+6\s+2\n", run.Output);
    }

    [Theory]
    [InlineData("train=0.8,val=0.3", "add up to more than 1")]
    [InlineData("train=0.5,Train=0.3", "the same name")]
    [InlineData("train=0", "the share '0' of train")]
    [InlineData("train=x", "the share 'x' of train")]
    [InlineData("../train=0.5", "'../train=0.5' is no part")]
    [InlineData("train", "'train' is no part")]
    public void Split_IntoNoParts_IsRefused(string parts, string expected) =>
        Run("split", "--annotations", folder.File("train.json"), "--parts", parts, "--output", folder.File("parts"))
            .Fails(2, $"--parts {parts}", expected);

    private static CommandLineRun Run(params string[] args) =>
        CommandLineRun.Of([new HandWrittenTrainer("One"), new HandWrittenTrainer("Two")], CancellationToken.None, args);
}
