using System.CommandLine;
using DetectorDsl.Detection.Inference;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Training;
using DetectorDsl.Weights;
using static TorchSharp.torch;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary>Opens trained detectors for verbs.</summary>
internal static class DetectorOpening
{
    /// <summary>Opens a detector, and warns where images get another size than its weights were trained for.</summary>
    public static IImageDetector Open(
        DetectorTrainer trainer,
        ParseResult arguments,
        Device device,
        WeightsSource checkpoint,
        CommandContext context
    )
    {
        using var own = checkpoint.Opened is null ? WeightsFile.Open(checkpoint) : null;
        checkpoint = checkpoint with { Opened = own ?? checkpoint.Opened };
        var detector = trainer.Open(arguments, device, checkpoint);
        var differences = Checkpoint.PreprocessingDifferences(checkpoint, detector.Preparation);
        foreach (var remark in checkpoint.Opened!.Remarks)
        {
            context.Report.Warning($"{checkpoint.Path}: {remark}");
        }

        if (differences.Count > 0)
        {
            context.Report.Warning(
                $"{checkpoint.Path}: the weights were trained for images of another size or padding. {string.Join("; ", differences)}. Results may be worse; --short-side and --long-side, or the declared Preprocessing, set what the weights expect."
            );
        }

        return detector;
    }
}
