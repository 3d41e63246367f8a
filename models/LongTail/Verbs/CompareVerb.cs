using System.CommandLine;
using System.Text;
using DetectorDsl.Hosting;
using DetectorDsl.Native.Files;
using LongTail.ClassifierOnly;
using LongTail.Experiment;

namespace LongTail;

/// <summary><c>compare</c>: every row on every seed, and the tables.</summary>
internal static class CompareVerb
{
    public static Command For(VerbContext context)
    {
        var shared = new ExperimentOptions();
        var names = new Option<string[]>("--rows")
        {
            Description =
                $"Rows to compare; default the eight of the experiment. Further ones: {string.Join(", ", Rows.Further.Select(row => row.Name))}.",
            HelpName = "name",
            AllowMultipleArgumentsPerToken = true,
        };
        var sampler = new Option<Sampling?>("--sampling") { Description = "One of the samplers; default both, the random one first." };
        var reportOnly = new Option<bool>("--report-only") { Description = "Write the tables of what is finished and train nothing." };
        var classifierOnly = new Option<bool>("--classifier-only")
        {
            Description = "Train only the last layer anew with each loss, on features of one detector, 20 times: minutes.",
        };
        var command = new Command("compare", "Train every row on the same seeds and compare them; goes on where it was interrupted.")
        {
            shared.Output,
            shared.Kept,
            shared.Quick,
            shared.Seeds,
            shared.Workers,
            names,
            sampler,
            reportOnly,
            classifierOnly,
        };
        names.Validators.Add(result =>
        {
            foreach (
                var token in result.Tokens.Where(token =>
                    !Rows.All.Any(row => string.Equals(row.Name, token.Value, StringComparison.OrdinalIgnoreCase))
                )
            )
            {
                result.AddError(
                    $"--rows: there is no row '{token.Value}'; there are {string.Join(", ", Rows.All.Select(row => row.Name))}."
                );
            }
        });
        command.SetAction(
            async (arguments, _) =>
            {
                var (folder, budget) = (shared.Folder(arguments), shared.Budget(arguments));
                if (arguments.GetValue(classifierOnly))
                {
                    var table = new ClassifierExperiment(folder, TailData.Usual, budget, new LineProgress(context.Output)).Run(
                        context.Cancellation
                    );
                    AtomicFile.Write(Path.Combine(folder, "classifier.md"), stream => stream.Write(Encoding.UTF8.GetBytes(table)));
                    context.Output.Write(table);
                    return;
                }

                Row[] rows = arguments.GetValue(names) is { Length: > 0 } wanted
                    ? [.. Rows.All.Where(row => wanted.Contains(row.Name, StringComparer.OrdinalIgnoreCase))]
                    : [.. Rows.Main];
                Sampling[] samplings =
                    arguments.GetValue(sampler) is { } one ? [one]
                    : budget.IsQuick ? [Sampling.Random]
                    : [Sampling.Random, Sampling.RepeatFactor];
                var results = shared.Results(arguments);
                var executor = new ProcessExecutor(folder, results, budget, arguments.GetValue(shared.Workers), context.Output);
                var comparison = new Comparison(TailData.Usual, budget, results, executor);
                var report = new Report(comparison, budget, rows, samplings);
                if (!arguments.GetValue(reportOnly))
                {
                    await comparison.RunAsync(rows, samplings, () => Write(folder, report), context.Cancellation).ConfigureAwait(false);
                }

                Write(folder, report);
                context.Output.WriteLine();
                context.Output.Write(report.ToMarkdown());
                context.Output.WriteLine($"Written to {folder}: report.md and report.json; the runs are in {results.Path}.");
            }
        );
        return command;
    }

    private static void Write(string folder, Report report)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.Write(Path.Combine(folder, "report.md"), stream => stream.Write(Encoding.UTF8.GetBytes(report.ToMarkdown())));
        AtomicFile.Write(Path.Combine(folder, "report.json"), stream => stream.Write(Encoding.UTF8.GetBytes(report.ToJson())));
    }
}
