using System.CommandLine;
using System.Globalization;
using DetectorDsl.Detection.Convolutions;
using DetectorDsl.Hosting.CommandLine;
using DetectorDsl.Hosting.Reporting;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Native;
using Spectre.Console;

namespace DetectorDsl.Hosting;

/// <summary>The command line of a trainer: <c>train</c>, <c>evaluate</c>, <c>predict</c>, <c>preview</c>, <c>describe</c>, <c>weights</c>, <c>check</c>, <c>summarize</c>, <c>figure</c>, <c>convert</c> and <c>split</c>.</summary>
/// <remarks>
/// Exit codes: 0 good; 1 bad input, with a message that says what to do; 2 a command line that cannot be understood; 3 training stopped because a
/// loss or gradient was not finite; 4 a weights file fits a declaration only in part (<c>weights inspect</c>); 5 a defect of the program, whose trace is kept in a file; 130 stopped by Ctrl-C, after a checkpoint. No arguments at all stand for <c>train</c> with the first declaration.
/// </remarks>
public static class TrainerCommandLine
{
    /// <summary>Runs a trainer on the process's terminal. Ctrl-C stops cleanly; a second one ends the process at once.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="trainers">The program's declarations, at least one, the default first.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, params IReadOnlyList<DetectorTrainer> trainers) => Run(args, trainers, []);

    /// <summary>Runs a trainer on the process's terminal, with verbs of the program's own beside those that every trainer has.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="trainers">The program's declarations, at least one, the default first.</param>
    /// <param name="verbs">Makes each further verb; what its action throws is told as everywhere.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, IReadOnlyList<DetectorTrainer> trainers, IReadOnlyList<Func<VerbContext, Command>> verbs)
    {
        ArgumentNullException.ThrowIfNull(verbs);
        if (ConvolutionProbe.RunIfAsked(trainers) is { } code)
        {
            return code;
        }

        ProcessHeap.KeepFreedMemory();
        var (output, error) = (new VisibleWriter(Console.Out), new VisibleWriter(new LastingWriter(Console.Error, null)));
        IReport report = Console.IsOutputRedirected ? new PlainReport(Lasting(output, error)) : Live(Lasting(Console.Out, error));
        using var interruption = new Interruption(report.Warning);
        ConvolutionChoice.Probe = new ConvolutionProbe(report);
        return Run(args, trainers, verbs, new CommandContext(report, output, interruption.Token), error);
    }

    /// <summary>Runs a trainer with plain text, for programs that hold one inside.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="trainers">The declarations, at least one, the default first.</param>
    /// <param name="output">Receives what is reported.</param>
    /// <param name="error">Receives what is wrong.</param>
    /// <param name="cancellation">Stops cleanly, as Ctrl-C does.</param>
    /// <returns>The exit code.</returns>
    public static int Run(
        string[] args,
        IReadOnlyList<DetectorTrainer> trainers,
        TextWriter output,
        TextWriter error,
        CancellationToken cancellation = default
    )
    {
        var (visible, lasting) = (new VisibleWriter(output), new VisibleWriter(new LastingWriter(error, null)));
        return Run(args, trainers, [], new CommandContext(new PlainReport(Lasting(visible, lasting)), visible, cancellation), lasting);
    }

    // A text that was asked for is written whole or fails; what only tells of the work does not end it.
    private static LastingWriter Lasting(TextWriter output, TextWriter error) =>
        new(output, reason => error.WriteLine($"The console cannot be written ({reason}); the work goes on without it."));

    private static LiveReport Live(LastingWriter writer)
    {
        Console.SetOut(writer);
        return new LiveReport(AnsiConsole.Console);
    }

    private static int Run(
        string[] args,
        IReadOnlyList<DetectorTrainer> trainers,
        IReadOnlyList<Func<VerbContext, Command>> verbs,
        CommandContext context,
        VisibleWriter error
    )
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentOutOfRangeException.ThrowIfZero(trainers.Count);

        // Options are read with a decimal point everywhere, so their defaults must be shown so too.
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return Invoke(
                args.Length > 0 ? args
                    : trainers.Count == 1 ? ["train"]
                    : ["train", trainers[0].Name],
                trainers,
                verbs,
                context,
                error
            );
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static int Invoke(
        IReadOnlyList<string> args,
        IReadOnlyList<DetectorTrainer> trainers,
        IReadOnlyList<Func<VerbContext, Command>> verbs,
        CommandContext context,
        VisibleWriter error
    )
    {
        var root = new RootCommand(
            trainers.Count == 1
                ? $"{trainers[0].Name}: {trainers[0].Summary}"
                : $"Object detectors: {string.Join(", ", trainers.Select(trainer => trainer.Name))}."
        );
        foreach (
            TrainerVerb verb in (TrainerVerb[])
                [new TrainVerb(), new EvaluateVerb(), new PredictVerb(), new PreviewVerb(), new DescribeVerb()]
        )
        {
            root.Add(verb.For(trainers, context));
        }

        foreach (
            var verb in (Command[])
                [
                    WeightsVerb.For(trainers, context),
                    CheckVerb.For(trainers, context),
                    SummarizeVerb.For(context),
                    FigureVerb.For(context),
                    ConvertVerb.For(context),
                    SplitVerb.For(context),
                    ConvolutionsVerb.For(trainers, context),
                ]
        )
        {
            root.Add(verb);
        }

        foreach (var verb in verbs)
        {
            root.Add(verb(new VerbContext(context.Output.Inner, context.Cancellation)));
        }

        var arguments = root.Parse(args);
        try
        {
            if (UsageErrors.Of(arguments) is { Count: > 0 } mistakes)
            {
                throw new UsageException(string.Join(Environment.NewLine, mistakes));
            }

            return arguments.Invoke(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                    Output = context.Output.Inner,
                    Error = error.Inner,
                }
            );
        }
        catch (UsageException exception)
        {
            error.Write(exception.Message);
            error.WriteLine();
            error.WriteLine("--help shows what there is.");
            return ExitCodes.Usage;
        }
        catch (Exception exception) when (ExitCodes.Of(exception) is not null)
        {
            error.WriteLine(ExitCodes.Message(exception));
            return ExitCodes.Of(exception)!.Value;
        }
        catch (Exception exception)
        {
            error.WriteLine(DefectReport.Keep(exception));
            return ExitCodes.Defect;
        }
    }
}
