using System.CommandLine;
using System.IO.Compression;
using System.Text.Json.Nodes;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Evaluation.Results;
using DetectorDsl.Runtime.Hosting;
using DetectorDsl.Runtime.Inference;
using DetectorDsl.Runtime.Reporting;
using DetectorDsl.Runtime.Training;
using DetectorDsl.Runtime.Weights;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.CommandLine;

/// <summary>Scores a checkpoint and writes everything that comes of it into the output folder.</summary>
internal sealed class EvaluationStage(DetectorTrainer trainer, RunOptions options, CommandContext context)
{
    /// <summary>Evaluates.</summary>
    /// <param name="arguments">The parsed command line.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="checkpoint">The weights.</param>
    /// <param name="data">What to evaluate on.</param>
    /// <param name="training">What was trained on; null where unknown.</param>
    /// <param name="output">Receives the files.</param>
    /// <param name="clock">Measures, and knows what went before.</param>
    public void Run(ParseResult arguments, Device device, WeightsSource checkpoint, DetectionDataset data, DatasetSummary? training, OutputFolder output, PhaseClock clock)
    {
        clock.Begin("evaluation");
        EvaluationOutcome? outcome = null;
        using (var detector = DetectorOpening.Open(trainer, arguments, device, checkpoint, context))
        {
            context.Report.Work("Evaluating", progress => outcome = DatasetEvaluation.Run(detector, data, trainer.Rules, progress, context.Cancellation));
        }

        clock.End();
        Write(outcome!, arguments, checkpoint.Path, data, training, output, clock);
        foreach (var problem in outcome!.Problems)
        {
            context.Report.Warning($"left out of the evaluation: {problem}");
        }

        context.Report.Table(MetricsTable.Of(outcome));
        context.Report.Line($"Written to {output.Path}: metrics.json, categories.csv, results.json.gz and pictures.");
    }

    /// <summary>Removes what an earlier evaluation left, so that nothing old is taken for this run's.</summary>
    public static void Forget(OutputFolder output)
    {
        foreach (var name in new[] { "metrics.json", "categories.csv", "results.json.gz" })
        {
            File.Delete(output.File(name));
        }
    }

    private static void Forget(string folder, string pattern)
    {
        foreach (var file in Directory.EnumerateFiles(folder, pattern))
        {
            File.Delete(file);
        }
    }

    private void Write(EvaluationOutcome outcome, ParseResult arguments, string checkpoint, DetectionDataset data, DatasetSummary? training, OutputFolder output, PhaseClock clock)
    {
        MetricsFile.Write(output.Metrics, trainer, checkpoint, clock.Seconds, outcome);
        CategoryFile.Write(output.File("categories.csv"), trainer.Categories, training, outcome);
        AtomicFile.Write(output.File("results.json.gz"), stream =>
        {
            using var packed = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
            ResultsWriter.Write(packed, outcome.Results);
        });
        Forget(output.Folder("pictures"), "*.jpg");
        PredictionPictures.Write(output.Folder("pictures"), data, outcome.Predictions, trainer.Categories, arguments.GetValue(options.Pictures), arguments.GetValue(options.PictureScore));
        using var log = new TrainingLog(output.Log);
        log.Write("metrics", outcome.Boxes.Metrics.Select(metric => Entry("boxes", metric)).Concat(outcome.Masks?.Metrics.Select(metric => Entry("masks", metric)) ?? []));
    }

    private static KeyValuePair<string, JsonNode?> Entry(string what, Evaluation.Metric metric) => new($"{what}.{metric.Name}", JsonValue.Create(metric.Value));
}
