using System.CommandLine;
using LongTail.Experiment;

namespace LongTail;

/// <summary>What all verbs of the experiment take.</summary>
internal sealed class ExperimentOptions
{
    public Option<string> Output { get; } = new("--output", "-o") { Description = "Folder that receives trunk, results and tables; an interrupted experiment goes on there.", HelpName = "folder", DefaultValueFactory = _ => Path.Combine("out", "LongTail") };

    public Option<bool> Quick { get; } = new("--quick") { Description = "A glimpse in at most 20 minutes: fewer steps and seeds, one learning rate, in a folder of its own." };

    public Option<int> Workers { get; } = new("--workers") { Description = "Runs at a time, each with one computing thread.", HelpName = "integer", DefaultValueFactory = _ => Math.Max(1, Environment.ProcessorCount) };

    /// <summary>Where the results of an experiment's folder lie.</summary>
    public static string Results(string folder) => Path.Combine(folder, "results");

    public Budget Budget(ParseResult arguments) => arguments.GetValue(Quick) ? Experiment.Budget.Quick : Experiment.Budget.Full;

    /// <summary>Full path of the folder; that of quick results is one of its own.</summary>
    public string Folder(ParseResult arguments)
    {
        var folder = Path.GetFullPath(arguments.GetValue(Output)!);
        return arguments.GetValue(Quick) && Path.GetFileName(folder) != "quick" ? Path.Combine(folder, "quick") : folder;
    }
}
