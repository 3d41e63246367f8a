using DetectorDsl.Annotations;
using DetectorDsl.Evaluation.Matching;
using DetectorDsl.Evaluation.Reporting;
using DetectorDsl.Evaluation.Results;
using DetectorDsl.Evaluation.Tests.Support;

namespace DetectorDsl.Evaluation.Tests.Vectors;

/// <summary>
/// Annotations are evaluated as they are stated: boxes without a size, of a negative width or outside the image, objects to be ignored, a crowd, an
/// outline of an odd number of coordinates. The numbers are those of pycocotools 2.0 and lvis-api 0.5.3, built from their sources.
/// </summary>
public sealed class StatedTruthTests : IDisposable
{
    private const string Truth = """
        {"images":[
        {"id":1,"file_name":"a","width":120,"height":90,"neg_category_ids":[],"not_exhaustive_category_ids":[]},
        {"id":2,"file_name":"b","width":120,"height":90,"neg_category_ids":[1,2],"not_exhaustive_category_ids":[2]}],
        "annotations":[
        {"id":1,"image_id":1,"category_id":1,"bbox":[10,10,40,30],"area":1200,"iscrowd":0,"segmentation":[[10,10,50,10,50,40,10,40]]},
        {"id":2,"image_id":1,"category_id":1,"bbox":[60,10,0,30],"area":600,"iscrowd":0,"segmentation":[[60,10,80,10,80,40,60,40]]},
        {"id":3,"image_id":1,"category_id":1,"bbox":[300,10,20,20],"area":400,"iscrowd":0,"segmentation":[[300,10,320,10,320,30,300,30]]},
        {"id":4,"image_id":1,"category_id":2,"bbox":[70,50,-30,20],"area":900,"iscrowd":0,"segmentation":[[40,50,70,50,70,80,40,80]]},
        {"id":5,"image_id":2,"category_id":1,"bbox":[5,5,50,50],"area":2500,"iscrowd":0,"ignore":1,"segmentation":[[5,5,55,5,55,55,5,55,7]]},
        {"id":6,"image_id":2,"category_id":1,"bbox":[60,20,40,40],"area":1600,"iscrowd":1,"segmentation":[[60,20,100,20,100,60,60,60]]},
        {"id":7,"image_id":2,"category_id":2,"bbox":[10,60,30,20],"area":600,"iscrowd":0,"segmentation":[[10,60,40,60,40,80,10,80]]}],
        "categories":[
        {"id":1,"name":"a","frequency":"f"},
        {"id":2,"name":"b","frequency":"r"}]}
        """;

    private const string Boxes = """
        [
        {"image_id":1,"category_id":1,"score":0.9,"bbox":[10,10,40,30]},
        {"image_id":1,"category_id":1,"score":0.8,"bbox":[60,10,20,30]},
        {"image_id":1,"category_id":1,"score":0.7,"bbox":[300,10,20,20]},
        {"image_id":1,"category_id":2,"score":0.6,"bbox":[41,50,30,30]},
        {"image_id":2,"category_id":1,"score":0.5,"bbox":[5,5,50,50]},
        {"image_id":2,"category_id":1,"score":0.45,"bbox":[62,22,20,20]},
        {"image_id":2,"category_id":1,"score":0.4,"bbox":[100,70,15,15]},
        {"image_id":2,"category_id":2,"score":0.3,"bbox":[12,60,30,20]},
        {"image_id":2,"category_id":2,"score":0.2,"bbox":[80,60,20,20]}]
        """;

    private const string Masks = """
        [
        {"image_id":1,"category_id":1,"score":0.9,"segmentation":{"size":[90,120],"counts":"^l0n0l100000000000000000000000000000000000000000000000000000000000000000000000000000bT6"}},
        {"image_id":1,"category_id":1,"score":0.8,"segmentation":{"size":[90,120],"counts":"RY5n0l10000000000000000000000000000000000000V`3"}},
        {"image_id":1,"category_id":1,"score":0.7,"segmentation":{"size":[90,120],"counts":"`a:"}},
        {"image_id":1,"category_id":2,"score":0.6,"segmentation":{"size":[90,120],"counts":"ld3n0l1000000000000000000000000000000000000000000000000000000000XX4"}},
        {"image_id":2,"category_id":1,"score":0.5,"segmentation":{"size":[90,120],"counts":"W>b1X10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000ef5"}},
        {"image_id":2,"category_id":1,"score":0.45,"segmentation":{"size":[90,120],"counts":"R_5d0V20000000000000000000000000000000000000VZ3"}},
        {"image_id":2,"category_id":1,"score":0.4,"segmentation":{"size":[90,120],"counts":"^k8?[2000000000000000000000000000l;"}},
        {"image_id":2,"category_id":2,"score":0.3,"segmentation":{"size":[90,120],"counts":"dS1d0V2000000000000000000000000000000000000000000000000000000000`i6"}},
        {"image_id":2,"category_id":2,"score":0.2,"segmentation":{"size":[90,120],"counts":"lR7d0V20000000000000000000000000000000000000\\f1"}}]
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Boxes_ByCocosRules() =>
        AssertValues(
            Evaluate(EvaluationSettings.Coco(IouType.Boxes), Boxes),
            [0.415346535, 0.440594059, 0.440594059, 0.227227723, 1, -1, 0.45, 0.575, 0.575, 0.45, 1, -1]
        );

    [Fact]
    public void Masks_ByCocosRules() =>
        AssertValues(
            Evaluate(EvaluationSettings.Coco(IouType.Masks), Masks),
            [0.770544554, 0.84529703, 0.84529703, 0.677722772, 1, -1, 0.675, 0.8, 0.8, 0.675, 1, -1]
        );

    [Fact]
    public void Boxes_ByLvisRules() =>
        AssertValues(
            Evaluate(EvaluationSettings.Lvis(IouType.Boxes), Boxes),
            [0.312211221, 0.337458746, 0.337458746, 0.227227723, 0.504950495, -1, 0.201980198, -1, 0.422442244, 0.45, 0.45, 0.5, -1]
        );

    [Fact]
    public void Masks_ByLvisRules() =>
        AssertValues(
            Evaluate(EvaluationSettings.Lvis(IouType.Masks), Masks),
            [0.677722772, 0.752475248, 0.752475248, 0.677722772, 0.504950495, -1, 0.85049505, -1, 0.504950495, 0.675, 0.675, 0.5, -1]
        );

    [Fact]
    public void WhatWasMet_IsInTableAndJson()
    {
        var report = Evaluate(EvaluationSettings.Coco(IouType.Boxes), Boxes);
        Assert.Equal(new TruthRemarks { UnusableBoxes = 3, IgnoredThatCount = 1 }, report.Truth);
        Assert.Contains(
            "Objects whose box has no size or lies outside the image: 3; they count as objects that no detection finds.",
            ReportTable.Summary(report)
        );
        Assert.Contains("\"unusable_boxes\": 3", Json(report), StringComparison.Ordinal);
        Assert.Equal(new TruthRemarks { UnusableBoxes = 3 }, Evaluate(EvaluationSettings.Lvis(IouType.Boxes), Boxes).Truth);
    }

    [Fact]
    public void ObjectsWithoutAMask_AnIdOfZero_AndNewIds_AreToldOf()
    {
        var stated = Truth
            .Replace("\"segmentation\":[[10,10,50,10,50,40,10,40]]", "\"segmentation\":\"none\"", StringComparison.Ordinal)
            .Replace("\"id\":7,", "\"id\":6,", StringComparison.Ordinal)
            .Replace("\"id\":5,", "\"id\":0,", StringComparison.Ordinal)
            .Replace("\"image_id\":1,\"category_id\":2,", "\"image_id\":null,\"category_id\":2,", StringComparison.Ordinal);
        var report = Evaluate(EvaluationSettings.Coco(IouType.Masks), Masks, stated);
        Assert.Equal(
            new TruthRemarks
            {
                UnusableBoxes = 2,
                WithoutMask = 1,
                Renumbered = 1,
                LeftOut = 1,
                HasIdZero = true,
                IgnoredThatCount = 1,
            },
            report.Truth
        );
        Assert.Equal(6, report.Truth.Lines().Count());
        Assert.Subset(ReportTable.Summary(report).ToHashSet(), report.Truth.Lines().ToHashSet());
    }

    [Fact]
    public void ImagesWithoutASize_ChangeNothingForBoxes_AndAreNamedWhereOutlinesNeedIt()
    {
        var sizeless = Truth.Replace("\"width\":120,\"height\":90,", "", StringComparison.Ordinal);
        Assert.Equal(
            Evaluate(EvaluationSettings.Coco(IouType.Boxes), Boxes).Metrics.AsEnumerable(),
            Evaluate(EvaluationSettings.Coco(IouType.Boxes), Boxes, sizeless).Metrics
        );
        Assert.Contains(
            "states no width and height",
            Assert.Throws<AnnotationException>(() => Evaluate(EvaluationSettings.Coco(IouType.Masks), Masks, sizeless)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void IdsThatAreWords_AreThoseOfTheResults()
    {
        var words = Truth
            .Replace("\"id\":2,\"file_name\"", "\"id\":\"back\",\"file_name\"", StringComparison.Ordinal)
            .Replace("\"image_id\":2", "\"image_id\":\"back\"", StringComparison.Ordinal)
            .Replace("{\"id\":2,\"name\"", "{\"id\":\"cup\",\"name\"", StringComparison.Ordinal)
            .Replace("\"category_id\":2", "\"category_id\":\"cup\"", StringComparison.Ordinal);
        var results = Boxes
            .Replace("\"image_id\":2", "\"image_id\":\"back\"", StringComparison.Ordinal)
            .Replace("\"category_id\":2", "\"category_id\":\"cup\"", StringComparison.Ordinal);
        Assert.Equal(
            Evaluate(EvaluationSettings.Coco(IouType.Boxes), Boxes).Metrics.AsEnumerable(),
            Evaluate(EvaluationSettings.Coco(IouType.Boxes), results, words).Metrics
        );
        Assert.Equal(
            [1L, 2],
            ResultsReader
                .Read(folder.Write("r.json", results), AnnotationReader.Read(folder.Write("t.json", words)))
                .Select(result => result.ImageId)
                .Distinct()
        );
    }

    [Fact]
    public void LvisRules_NeedAbsentCategories()
    {
        var coco = Truth
            .Replace(",\"neg_category_ids\":[],\"not_exhaustive_category_ids\":[]", "", StringComparison.Ordinal)
            .Replace(",\"neg_category_ids\":[1,2],\"not_exhaustive_category_ids\":[2]", "", StringComparison.Ordinal);
        Assert.Contains(
            "--rules coco",
            Assert.Throws<AnnotationException>(() => Evaluate(EvaluationSettings.Lvis(IouType.Boxes), Boxes, coco)).Message,
            StringComparison.Ordinal
        );
        Assert.Null(EvaluationRules.Coco.WhyUnfit(AnnotationReader.Read(folder.Write("t.json", coco))));
    }

    private EvaluationReport Evaluate(EvaluationSettings settings, string results, string truth = Truth) =>
        new DetectionEvaluator(AnnotationReader.Read(folder.Write("truth.json", truth)), settings).Evaluate(
            folder.Write("results.json", results)
        );

    private static string Json(EvaluationReport report)
    {
        using var stream = new MemoryStream();
        ReportJson.Write(stream, report);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void AssertValues(EvaluationReport report, double[] expected)
    {
        Assert.Equal(expected.Length, report.Metrics.Length);
        Assert.All(report.Metrics.Zip(expected), pair => Assert.Equal(pair.Second, pair.First.Value, 1e-8));
    }
}
