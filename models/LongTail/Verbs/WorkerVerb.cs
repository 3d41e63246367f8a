using System.CommandLine;
using DetectorDsl.Hosting;
using LongTail.Experiment;

namespace LongTail;

/// <summary>The verb that <c>compare</c> starts itself with, for a run in a process of its own.</summary>
internal static class WorkerVerb
{
    /// <summary>Its name.</summary>
    public const string Name = "worker";

    /// <summary>Asks for the pretraining instead of a row.</summary>
    public const string PretrainingOption = "--pretraining";

    public static Command For(VerbContext context)
    {
        var shared = new ExperimentOptions();
        var pretraining = new Option<bool>(PretrainingOption) { Description = "Pretrain." };
        var row = new Option<string>("--row") { Description = "The row.", DefaultValueFactory = _ => Rows.Baseline.Name };
        var sampling = new Option<Sampling>("--sampling") { Description = "How images are drawn." };
        var seed = new Option<long>("--seed") { Description = "Seed of the run." };
        var rate = new Option<double>("--learning-rate") { Description = "Learning rate." };
        var balanced = new Option<bool>("--balanced") { Description = "Train on images in which all classes are equally frequent." };
        var command = new Command(Name, "A run of compare in a process of its own.")
        {
            shared.Output,
            shared.Kept,
            shared.Quick,
            pretraining,
            row,
            sampling,
            seed,
            rate,
            balanced,
        };
        command.Hidden = true;
        command.SetAction(arguments =>
        {
            var (folder, budget) = (shared.Folder(arguments), shared.Budget(arguments));
            var progress = new LineProgress(context.Output);
            if (arguments.GetValue(pretraining))
            {
                new PretrainedWeights(folder, TailData.Usual, budget).Make(progress, context.Cancellation);
            }
            else
            {
                var run = new RowRun(
                    Rows.Named(arguments.GetValue(row)!),
                    arguments.GetValue(sampling),
                    arguments.GetValue(seed),
                    arguments.GetValue(rate)
                )
                {
                    IsBalanced = arguments.GetValue(balanced),
                };
                shared.Results(arguments).Keep(new RowRunner(folder, TailData.Usual, budget, progress).Run(run, context.Cancellation));
            }
        });
        return command;
    }
}
