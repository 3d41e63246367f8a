using System.Text.Json;
using DetectorDsl.Annotations;
using DetectorDsl.Evaluation.Results;
using DetectorDsl.Evaluation.Tests.Support;

namespace DetectorDsl.Evaluation.Tests.Vectors;

/// <summary>The values of lvis-api and pycocotools on their inputs.</summary>
public class ReferenceVectorTests
{
    [SkippableTheory]
    [InlineData("synth_coco_gt.json.gz", "synth_coco_results.json.gz", "synth_coco_expected.json", 5)]
    [InlineData("synth_lvis_gt.json.gz", "synth_lvis_results.json.gz", "synth_lvis_expected.json", 13)]
    [InlineData("lvis_val_100.json.gz", "lvis100_results.json.gz", "lvis100_expected.json", 13)]
    public void FilesAreEvaluatedAsByTheEstablishedSoftware(string annotations, string resultsFile, string expectedFile, int evaluations)
    {
        var folder = RepositoryFolders.Shared("vectors/eval");
        var truth = AnnotationReader.Read(Path.Combine(folder, annotations));
        Assert.Empty(truth.Problems);
        var results = ResultsReader.Read(Path.Combine(folder, resultsFile));
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, expectedFile)));
        Assert.Equal(expected.RootElement.GetProperty("detections").GetInt32(), results.Count);
        var seen = 0;
        foreach (var evaluation in expected.RootElement.GetProperty("results").EnumerateObject())
        {
            var key = VectorKey.Parse(evaluation.Name);
            var evaluator = new DetectionEvaluator(key.Prepare(truth, annotations), key.Settings);
            ExpectedValues.AssertAgrees(evaluation.Value, evaluator.Evaluate(key.Prepare(results)));
            if (!key.WithoutBoxes && !key.WithoutMasks)
            {
                // The way by file reads in pieces and drops masks that nothing is compared with.
                ExpectedValues.AssertAgrees(evaluation.Value, evaluator.Evaluate(Path.Combine(folder, resultsFile)));
            }

            seen++;
        }

        Assert.Equal(evaluations, seen);
    }

    [SkippableFact]
    public void AreaFromMask_ActsAsIfTheResultsHadNoBoxes()
    {
        var folder = RepositoryFolders.Shared("vectors/eval");
        var truth = AnnotationReader.Read(Path.Combine(folder, "synth_lvis_gt.json.gz"));
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "synth_lvis_expected.json")));
        var settings = EvaluationSettings.Lvis(IouType.Masks) with { AreaFromMask = true };
        var report = new DetectionEvaluator(truth, settings).Evaluate(Path.Combine(folder, "synth_lvis_results.json.gz"));
        ExpectedValues.AssertAgrees(expected.RootElement.GetProperty("results").GetProperty("lvis/segm_without_bbox"), report);
    }

    [SkippableFact]
    public void SmallCasesAreEvaluatedAsByTheEstablishedSoftware()
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(RepositoryFolders.Shared("vectors/eval"), "tiny_cases.json")));
        Assert.Equal(5, cases.RootElement.GetArrayLength());
        foreach (var item in cases.RootElement.EnumerateArray())
        {
            using var folder = new TemporaryFolder();
            var truth = AnnotationReader.Read(folder.Write("gt.json", item.GetProperty("gt").GetRawText()));
            var results = folder.Write("results.json", item.GetProperty("results").GetRawText());
            Assert.Empty(truth.Problems);
            foreach (var evaluation in item.GetProperty("expected").EnumerateObject())
            {
                var evaluator = new DetectionEvaluator(truth, VectorKey.Parse(evaluation.Name).Settings);
                ExpectedValues.AssertAgrees(evaluation.Value, evaluator.Evaluate(results));
                ExpectedValues.AssertAgrees(evaluation.Value, evaluator.Evaluate(ResultsReader.Read(results)));
            }
        }
    }
}
