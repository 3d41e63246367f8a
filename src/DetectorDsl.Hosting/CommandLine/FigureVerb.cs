using System.CommandLine;
using DetectorDsl.Figures;
using DetectorDsl.Native.Files;
using DetectorDsl.Structures;
using DetectorDsl.Training;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary><c>figure</c>: draws the statistics of runs over the classes. Needs no declaration.</summary>
internal static class FigureVerb
{
    public static Command For(CommandContext context)
    {
        var runs = new Argument<string[]>("runs")
        {
            Description = "Output folders of runs, or their statistics.json; FILE=NAME or FOLDER=NAME gives one a name in the figure.",
            Arity = ArgumentArity.OneOrMore,
        };
        runs.Validators.Add(result => UsageErrors.RefuseUnknownOptions(result, "figure"));
        var output = new Option<string>("--output", "-o")
        {
            Description = "The figure, .svg or .png; without an ending, both.",
            HelpName = "file",
            DefaultValueFactory = _ => "figure",
        };
        var command = new Command(
            "figure",
            "Draw gradients, classifier accuracy and AP of runs over the classes, in the order of their instance counts."
        )
        {
            runs,
            output,
        };
        command.SetAction(arguments =>
        {
            var statistics = arguments.GetValue(runs)!.Select(Read).ToList();
            foreach (var (path, write) in Targets(arguments.GetValue(output)!))
            {
                AtomicFile.Write(path, stream => write(stream, statistics));
                context.Report.Line($"Written: {path}.");
            }

            return ExitCodes.Good;
        });
        return command;
    }

    private static IEnumerable<(string Path, Action<Stream, IReadOnlyList<RunStatistics>> Write)> Targets(string output)
    {
        var ending = Path.GetExtension(output);
        return ending.ToLowerInvariant() switch
        {
            ".svg" => [(output, StatisticsFigure.WriteSvg)],
            ".png" => [(output, StatisticsFigure.WritePng)],
            "" => [($"{output}.svg", StatisticsFigure.WriteSvg), ($"{output}.png", StatisticsFigure.WritePng)],
            _ => throw new UsageException($"figure: --output {output}: figures are .svg or .png, not {ending}."),
        };
    }

    private static RunStatistics Read(string argument)
    {
        var cut = Path.Exists(argument) ? -1 : argument.LastIndexOf('=');
        var (path, name) = cut < 0 ? (argument, null) : (argument[..cut], argument[(cut + 1)..]);
        var file = Directory.Exists(path) ? Path.Combine(path, RunFiles.Statistics) : path;
        if (!File.Exists(file))
        {
            throw new BadInputException(
                $"{file}: no statistics. Training with --gradient-statistics leaves them in its output folder, and so does evaluate for such a checkpoint or with --class-accuracy."
            );
        }

        var statistics = StatisticsJson.Read(file);
        return name is null ? statistics : statistics with { Name = name };
    }
}
