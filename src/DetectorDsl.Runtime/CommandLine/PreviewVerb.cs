using System.CommandLine;
using System.Globalization;
using DetectorDsl.Runtime.Hosting;
using DetectorDsl.Runtime.Native;
using DetectorDsl.Runtime.Reporting;
using DetectorDsl.Runtime.Training;

namespace DetectorDsl.Runtime.CommandLine;

/// <summary><c>preview</c>: draws the first batches of a run as training would see them. Needs no weights.</summary>
internal sealed class PreviewVerb() : TrainerVerb("preview", "Draw the first batches as training sees them, after augmentation: boxes, masks, classes. Needs no weights.")
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
            var batches = trainer.OpenBatches(arguments, new DataFinder(data, arguments, trainer, context).OpenTraining(), arguments.GetValue(seed));
            var folder = output.Folder("preview");
            foreach (var old in Directory.EnumerateFiles(folder, "batch-*.png"))
            {
                File.Delete(old);
            }

            var wanted = arguments.GetValue(count);
            context.Report.Work("Drawing", progress => Draw(trainer, batches, folder, wanted, progress, context.Cancellation));
            var note = batches.Settings.BatchSize > BatchPictures.MostImages ? $" Each shows the first {BatchPictures.MostImages} of {batches.Settings.BatchSize} images." : "";
            context.Report.Line($"{wanted} batches drawn in {folder}.{note}");
            return ExitCodes.Good;
        };
    }

    private static void Draw(DetectorTrainer trainer, TrainingBatches batches, string folder, int count, IProgress<double> progress, CancellationToken cancellation)
    {
        var done = 0;
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, number =>
        {
            using var batch = batches.Build(number);
            BatchPictures.Write(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"batch-{number:0000}.png")), batches.Builder, batch, trainer.Categories);
            progress.Report((double)Interlocked.Increment(ref done) / count);
        });
    }
}
