using System.CommandLine;
using System.IO.Compression;
using System.Text.Json.Nodes;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Detection.Inference;
using DetectorDsl.Evaluation.Results;
using DetectorDsl.Hosting.Reporting;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Structures;
using DetectorDsl.Training;
using DetectorDsl.Training.Evaluating;
using DetectorDsl.Weights;
using static TorchSharp.torch;

namespace DetectorDsl.Hosting.CommandLine;

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
    public void Run(
        ParseResult arguments,
        Device device,
        WeightsSource checkpoint,
        DetectionDataset data,
        DatasetSummary? training,
        OutputFolder output,
        PhaseClock clock
    )
    {
        clock.Begin("evaluation");
        EvaluationOutcome? outcome = null;
        ClassAccuracy? accuracy = null;
        using var file = WeightsFile.Open(checkpoint);
        checkpoint = checkpoint with { Opened = file };
        var gradients = Checkpoint.ReadStatistics(checkpoint, trainer.Categories.Length);
        using (var detector = DetectorOpening.Open(trainer, arguments, device, checkpoint, context))
        {
            var classifier = detector as IRegionClassifier;
            var isAccuracyWanted = TrainerOptions.Value(arguments, options.ClassAccuracy);
            if (classifier is null && isAccuracyWanted)
            {
                throw new BadInputException($"{trainer.Name} classifies no given boxes: --class-accuracy is for detectors of two stages.");
            }

            context.Report.Work("Evaluating", progress =>
                outcome = DatasetEvaluation.Run(detector, data, trainer.Rules, progress, context.Cancellation)
            );
            if (classifier is not null && (gradients.Count > 0 || isAccuracyWanted))
            {
                context.Report.Work("Classifying ground-truth boxes", progress =>
                    accuracy = GroundTruthAccuracy.Run(classifier, data, progress, context.Cancellation)
                );
            }
        }

        clock.End();
        if (gradients.Count > 0 || accuracy is not null)
        {
            StatisticsFiles.Write(output, trainer, gradients, training, accuracy, outcome);
        }

        Write(outcome!, arguments, checkpoint.Path, data, training, output, clock);
        foreach (var problem in outcome!.Problems)
        {
            context.Report.Warning($"left out of the evaluation: {problem}");
        }

        context.Report.Table(MetricsTable.Of(outcome));
        if (accuracy?.Mean is { } mean)
        {
            context.Report.Line(
                FormattableString.Invariant(
                    $"Ground-truth boxes: the right class comes first for {100 * mean:0.0} % (mean over the classes)."
                )
            );
        }

        context.Report.Line(
            $"Written to {output.Path}: metrics.json, categories.csv, results.json.gz and pictures{(gradients.Count > 0 || accuracy is not null ? "; statistics.json and statistics.csv, which figure draws" : "")}."
        );
    }

    /// <summary>Leaves the gradients of a training that ends without an evaluation, where it kept any.</summary>
    /// <param name="trainer">The declaration.</param>
    /// <param name="training">What was trained on.</param>
    /// <param name="output">The run's folder, with its checkpoint.</param>
    public static void WriteGradients(DetectorTrainer trainer, DatasetSummary training, OutputFolder output)
    {
        if (Checkpoint.ReadStatistics(output.LastCheckpoint, trainer.Categories.Length) is { Count: > 0 } gradients)
        {
            StatisticsFiles.Write(output, trainer, gradients, training, null, null);
        }
    }

    /// <summary>Removes what an earlier evaluation left, so that nothing old is taken for this run's.</summary>
    public static void Forget(OutputFolder output) =>
        output.Forget(name => RunFiles.OfEvaluation.Contains(name) || name.StartsWith(RunFiles.Pictures, StringComparison.Ordinal));

    private void Write(
        EvaluationOutcome outcome,
        ParseResult arguments,
        string checkpoint,
        DetectionDataset data,
        DatasetSummary? training,
        OutputFolder output,
        PhaseClock clock
    )
    {
        output.Write(RunFiles.Metrics, stream => MetricsFile.Write(stream, trainer, checkpoint, clock.Seconds, outcome));
        output.Write(RunFiles.Categories, stream => CategoryFile.Write(stream, trainer.Categories, training, outcome));
        output.Write(RunFiles.Results, stream =>
        {
            using var packed = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
            ResultsWriter.Write(packed, outcome.Results);
        });
        output.Forget(name => name.StartsWith(RunFiles.Pictures, StringComparison.Ordinal));
        PredictionPictures.Write(
            output,
            data,
            outcome.Predictions,
            trainer.Categories,
            arguments.GetValue(options.Pictures),
            arguments.GetValue(options.PictureScore)
        );
        using var log = new TrainingLog(output.Enter(RunFiles.Log), context.Report.Warning);
        log.Write(
            "metrics",
            outcome
                .Boxes.Metrics.Select(metric => Entry("boxes", metric))
                .Concat(outcome.Masks?.Metrics.Select(metric => Entry("masks", metric)) ?? [])
        );
    }

    private static KeyValuePair<string, JsonNode?> Entry(string what, Evaluation.Metric metric) =>
        new($"{what}.{metric.Name}", JsonValue.Create(metric.Value));
}
