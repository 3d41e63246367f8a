using System.CommandLine;
using System.Globalization;
using DetectorDsl.Hosting.Reporting;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Native;
using DetectorDsl.Training;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary><c>preview</c>: draws the first batches of a run as training would see them. Needs no weights.</summary>
internal sealed class PreviewVerb()
    : TrainerVerb("preview", "Draw the first batches as training sees them, after augmentation: boxes, masks, classes. Needs no weights.")
{
    protected override Func<ParseResult, int> Fill(Command command, DetectorTrainer trainer, CommandContext context)
    {
        var (data, run) = (new DataOptions(), new RunOptions(trainer.Name));
        var count = TrainerOptions.Integer("batches", "Batches that are drawn, from the first on.", 4, 1, 100000);
        var seed = RunOptions.Seed();
        data.AddTo(command, training: true, validation: false);
        foreach (Option option in (Option[])[run.Output, count, seed, .. trainer.Options])
        {
            command.Add(option);
        }

        return arguments =>
        {
            TorchLibrary.EnsureLoaded();
            using var output = OutputFolder.Open(arguments.GetValue(run.Output)!);
            var training = new DataFinder(data, arguments, trainer, context).OpenTraining();
            output.RequireOutside(DataFinder.Places(training));
            var batches = trainer.OpenBatches(arguments, training, arguments.GetValue(seed));
            output.Begin();
            output.Forget(name => name.StartsWith(RunFiles.Previews, StringComparison.Ordinal));

            var wanted = arguments.GetValue(count);
            context.Report.Work("Drawing", progress => Draw(trainer, batches, output, wanted, progress, context.Cancellation));
            foreach (var image in batches.Builder.Images.TakeNews())
            {
                context.Report.Warning($"another image in its place: {image.Reason}");
            }

            var note =
                batches.Settings.BatchSize > BatchPictures.MostImages
                    ? $" Each shows the first {BatchPictures.MostImages} of {batches.Settings.BatchSize} images."
                    : "";
            context.Report.Line($"{wanted} batches drawn in {output.File(RunFiles.Previews)}.{note}");
            return ExitCodes.Good;
        };
    }

    private static void Draw(
        DetectorTrainer trainer,
        TrainingBatches batches,
        OutputFolder output,
        int count,
        IProgress<double> progress,
        CancellationToken cancellation
    )
    {
        var done = 0;
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, number =>
        {
            using var batch = batches.Build(number);
            output.WriteBeside(string.Create(CultureInfo.InvariantCulture, $"{RunFiles.Previews}batch-{number:0000}.png"), stream =>
                BatchPictures.Write(stream, batches.Builder, batch, trainer.Categories)
            );
            progress.Report((double)Interlocked.Increment(ref done) / count);
        });
    }
}
