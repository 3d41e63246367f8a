using System.CommandLine;
using DetectorDsl.Hosting;
using LongTail.Experiment;

namespace LongTail;

/// <summary><c>difficulty</c>: cross-entropy alone shows whether the data is as hard as it should be.</summary>
internal static class DifficultyVerb
{
    public static Command For(VerbContext context)
    {
        var shared = new ExperimentOptions();
        var command = new Command(
            "difficulty",
            "Train cross-entropy on the long tail and on balanced images of the same renderer, and tell whether the data is as hard as it should be."
        )
        {
            shared.Output,
            shared.Kept,
            shared.Quick,
            shared.Workers,
        };
        command.SetAction(
            async (arguments, _) =>
            {
                var (folder, budget) = (shared.Folder(arguments), shared.Budget(arguments));
                var results = shared.Results(arguments);
                var executor = new ProcessExecutor(folder, results, budget, arguments.GetValue(shared.Workers), context.Output);
                var comparison = new Comparison(TailData.Usual, budget, results, executor);
                await executor.PretrainAsync(context.Cancellation).ConfigureAwait(false);
                await comparison.TuneAsync([Rows.Baseline], context.Cancellation).ConfigureAwait(false);
                var rate = comparison.LearningRate(Rows.Baseline)!.Value;
                RowRun[] tail = [.. Difficulty.Runs(rate, isBalanced: false)];
                RowRun[] balanced = [.. Difficulty.Runs(rate, isBalanced: true)];
                await comparison.DoAsync([.. tail, .. balanced], context.Cancellation).ConfigureAwait(false);
                var difficulty = Difficulty.Of(
                    [.. tail.Select(run => comparison.Find(run)!)],
                    [.. balanced.Select(run => comparison.Find(run)!)]
                );
                context.Output.WriteLine();
                context.Output.Write(difficulty.ToMarkdown());
                context.Output.WriteLine(
                    difficulty.IsFit ? "The data is as hard as it should be." : "The data is not as hard as it should be."
                );
                return difficulty.IsFit ? 0 : 1;
            }
        );
        return command;
    }
}
