using System.CommandLine;
using DetectorDsl.Hosting.Experiments;
using LongTail.Experiment;

namespace LongTail;

/// <summary>What all verbs of the experiment take.</summary>
internal sealed class ExperimentOptions
{
    public Option<string> Output { get; } =
        new("--output", "-o")
        {
            Description = "Folder that receives pretrained weights, results and tables; an interrupted experiment goes on there.",
            HelpName = "folder",
            DefaultValueFactory = _ => Path.Combine("out", "LongTail"),
        };

    public Option<string?> Kept { get; } =
        new("--results")
        {
            Description = "File of the finished runs, a line of JSON each. Default: runs.jsonl in the output folder.",
            HelpName = "file",
        };

    public Option<bool> Quick { get; } =
        new("--quick")
        {
            Description = "A glimpse in at most 20 minutes: fewer steps and seeds, one learning rate, in a folder of its own.",
        };

    public Option<long[]> Seeds { get; } =
        new("--seeds")
        {
            Description = "Seeds to run and to report. Default: those of the experiment.",
            HelpName = "integer",
            AllowMultipleArgumentsPerToken = true,
        };

    public Option<int> Workers { get; } =
        new("--workers")
        {
            Description = "Runs at a time, each with one computing thread.",
            HelpName = "integer",
            DefaultValueFactory = _ => Math.Max(1, Environment.ProcessorCount),
        };

    /// <summary>The finished runs.</summary>
    public RunLog Results(ParseResult arguments) => new(arguments.GetValue(Kept) ?? Path.Combine(Folder(arguments), "runs.jsonl"));

    public Budget Budget(ParseResult arguments)
    {
        var budget = arguments.GetValue(Quick) ? Experiment.Budget.Quick : Experiment.Budget.Full;
        return arguments.GetValue(Seeds) is { Length: > 0 } seeds ? budget with { Seeds = [.. seeds.Distinct()] } : budget;
    }

    /// <summary>Full path of the folder; that of quick results is one of its own.</summary>
    public string Folder(ParseResult arguments)
    {
        var folder = Path.GetFullPath(arguments.GetValue(Output)!);
        return arguments.GetValue(Quick) && Path.GetFileName(folder) != "quick" ? Path.Combine(folder, "quick") : folder;
    }
}
