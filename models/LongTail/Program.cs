using DetectorDsl.Hosting;
using LongTail.Experiment;

namespace LongTail;

/// <summary>The trainer's verbs for every row, and those of the experiment.</summary>
internal static class Program
{
    /// <summary>Runs the command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <returns>The exit code; 0 when all went well.</returns>
    public static int Main(string[] args) =>
        TrainerCommandLine.Run(args, Rows.Trainers, [CompareVerb.For, DifficultyVerb.For, RenderVerb.For, WorkerVerb.For]);
}
