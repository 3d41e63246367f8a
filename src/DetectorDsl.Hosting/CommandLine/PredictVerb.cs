using System.Collections.Immutable;
using System.CommandLine;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Images;
using DetectorDsl.Detection.Inference;
using DetectorDsl.Evaluation;
using DetectorDsl.Hosting.Reporting;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Structures;
using DetectorDsl.Training;
using DetectorDsl.Training.Evaluating;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary><c>predict</c>: finds the objects of images, draws them and lists them.</summary>
internal sealed class PredictVerb() : TrainerVerb("predict", "Find objects in images: drawn pictures and a list as JSON.")
{
    protected override Func<ParseResult, int> Fill(Command command, DetectorTrainer trainer, CommandContext context)
    {
        var (run, weights) = (new RunOptions(trainer.Name), new WeightsOptions());
        var images = new Argument<string[]>("images") { Description = "Image files, or folders of them.", Arity = ArgumentArity.OneOrMore };
        images.Validators.Add(result => UsageErrors.RefuseUnknownOptions(result, "predict"));
        command.Add(images);
        foreach (
            Option option in (Option[])
                [
                    run.Checkpoint,
                    weights.Naming,
                    weights.Key,
                    weights.CaffePixels,
                    run.Output,
                    run.Device,
                    run.PictureScore,
                    .. trainer.InferenceOptions,
                ]
        )
        {
            command.Add(option);
        }

        return arguments =>
        {
            var files = arguments.GetValue(images)!.SelectMany(ImageFiles.Find).ToList();
            var checkpoint = weights.Source(arguments, run.CheckpointPath(arguments));
            var device = run.Open(arguments);
            using var output = OutputFolder.Open(arguments.GetValue(run.Output)!);
            using var predictor = new ImagePredictor(DetectorOpening.Open(trainer, arguments, device, checkpoint, context));
            output.RequireFree(RunFiles.Predictions);
            var predictions = new FilePrediction?[files.Count];
            try
            {
                Predict(predictor, files, predictions, trainer, output, arguments.GetValue(run.PictureScore), context);
            }
            finally
            {
                // Whatever ends it early, what was found until then stays.
                if (predictions.OfType<FilePrediction>().ToList() is { Count: > 0 } done)
                {
                    output.Write(RunFiles.Predictions, stream => PredictionFile.Write(stream, trainer.Categories, done));
                    Report(done, files.Count, output, context);
                }
            }

            return predictions.Any(image => image?.Problem is not null) ? ExitCodes.BadInput : ExitCodes.Good;
        };
    }

    private static void Report(List<FilePrediction> done, int wanted, OutputFolder output, CommandContext context)
    {
        var among = done.Count < wanted ? $" of {wanted}" : "";
        context.Report.Line(
            $"{done.Sum(image => image.Results.Length)} objects in {done.Count(image => image.Problem is null)}{among} images. Written to {output.Path}: predictions.json and predictions."
        );
        foreach (var problem in done.Select(image => image.Problem).OfType<string>())
        {
            context.Report.Warning(problem);
        }
    }

    // Decoding and drawing run side by side with the detector, which the predictor gives to one image at a time.
    private static void Predict(
        ImagePredictor predictor,
        IReadOnlyList<string> files,
        FilePrediction?[] predictions,
        DetectorTrainer trainer,
        OutputFolder output,
        double lowestScore,
        CommandContext context
    )
    {
        var labels = trainer.Categories.Select((category, label) => (category.Id, label)).ToDictionary(pair => pair.Id, pair => pair.label);
        ImmutableArray<int> categoryIds = [.. trainer.Categories.Select(category => category.Id)];
        var pictures = PictureNames.Of(files);
        context.Report.Work("Predicting", progress =>
        {
            var done = 0;
            Parallel.For(0, files.Count, new ParallelOptions { CancellationToken = context.Cancellation }, index =>
            {
                predictions[index] = PredictOne(index);
                progress.Report((double)Interlocked.Increment(ref done) / files.Count);
            });
        });

        FilePrediction PredictOne(int index)
        {
            RgbImage image;
            try
            {
                image = ImageDecoder.Read(files[index]);
            }
            catch (ImageException exception)
            {
                return new FilePrediction(index + 1, files[index], 0, 0, [], exception.Message);
            }

            var results = DatasetEvaluation.ResultsOf(predictor.Predict(image, context.Cancellation), index + 1, categoryIds);
            output.WriteBeside(RunFiles.Predicted + pictures[index], stream =>
                PictureWriter.Write(stream, image, PredictionPictures.Drawn(results, trainer.Categories, labels, lowestScore))
            );
            return new FilePrediction(index + 1, files[index], image.Width, image.Height, results, null);
        }
    }
}
