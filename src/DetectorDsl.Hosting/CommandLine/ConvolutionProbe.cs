using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using DetectorDsl.Detection.Convolutions;
using DetectorDsl.Hosting.Processes;
using DetectorDsl.Hosting.Reporting;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Torch.Convolutions;
using static TorchSharp.torch;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary>Tries convolutions in processes of this same program. The environment tells them what to do, whatever the program does with its arguments.</summary>
internal sealed class ConvolutionProbe(IReport report) : IConvolutionProbe
{
    private const string Variable = "DETECTORDSL_TRY_CONVOLUTIONS_OF";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    public ConvolutionForm? FirstThatRuns(string detector, int shortSide, int longSide)
    {
        foreach (var form in ConvolutionForm.All)
        {
            switch (Try(detector, form, shortSide, longSide))
            {
                case ConvolutionOutcome.Runs:
                    return form;
                case ConvolutionOutcome.Unknown:
                    return null;
            }
        }

        return ConvolutionForm.Plain;
    }

    /// <inheritdoc />
    public void Tell(string detector, ConvolutionForm form) =>
        report.Warning(
            form == ConvolutionForm.Plain
                ? $"this machine does not survive oneDNN's convolutions of {detector}; it is computed without oneDNN, which is slower."
                : $"this machine is not known to survive oneDNN's 1 x 1 convolutions of {detector}; they are computed as products of matrices, which is a little slower."
        );

    /// <summary>What becomes of a process that computes a declaration's convolutions in a form.</summary>
    /// <param name="detector">Name of the declaration.</param>
    /// <param name="form">The form.</param>
    /// <param name="shortSide">Short side of the images; null for the declared one.</param>
    /// <param name="longSide">Long side of the images; null for the declared one.</param>
    public static ConvolutionOutcome Try(string detector, ConvolutionForm form, int? shortSide = null, int? longSide = null)
    {
        var start = new ProcessStartInfo(OwnProgram.Executable, OwnProgram.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment[Variable] = string.Create(CultureInfo.InvariantCulture, $"{detector} {shortSide} {longSide}");
        start.Environment[ConvolutionForm.Variable] = form.Name;
        start.Environment["OMP_NUM_THREADS"] = get_num_threads().ToString(CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            return ConvolutionOutcome.Unknown;
        }

        return ConvolutionOutcomes.Of(process.ExitCode);
    }

    /// <summary>Does in such a process what the environment tells it to.</summary>
    /// <param name="trainers">The program's declarations.</param>
    /// <returns>The exit code; null where the environment tells nothing.</returns>
    public static int? RunIfAsked(IReadOnlyList<DetectorTrainer> trainers)
    {
        if (
            Environment.GetEnvironmentVariable(Variable)?.Split(' ') is not [var name, var shortSide, var longSide]
            || trainers.FirstOrDefault(trainer => trainer.Name == name) is not { } trainer
        )
        {
            return null;
        }

        var model = trainer.CreateModel();
        using var detector = trainer.OpenUntrained(model);
        if (detector is null)
        {
            return ConvolutionOutcomes.NotTried;
        }

        try
        {
            ConvolutionTrial.Run(
                model,
                detector,
                Padded(Number(shortSide) ?? detector.Preparation.ShortSide),
                Padded(Number(longSide) ?? detector.Preparation.LongSide)
            );
            return ExitCodes.Good;
        }
        catch (ExternalException exception) when (ExitCodes.Of(exception) is null)
        {
            // Not for want of memory.
            return ConvolutionOutcomes.Refused;
        }

        int Padded(int side) => (side + detector.Preparation.PadTo - 1) / detector.Preparation.PadTo * detector.Preparation.PadTo;

        static int? Number(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
