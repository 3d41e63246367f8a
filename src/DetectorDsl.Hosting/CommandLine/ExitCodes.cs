using System.Runtime.InteropServices;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Images;
using DetectorDsl.Figures;
using DetectorDsl.Hosting.Processes;
using DetectorDsl.Structures;
using DetectorDsl.Training;
using DetectorDsl.Weights;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary>How the process ends.</summary>
internal static class ExitCodes
{
    public const int Good = 0;
    public const int BadInput = 1;
    public const int Usage = 2;
    public const int NonFiniteLoss = 3;

    /// <summary>Of <c>weights inspect --declaration</c>: some of the model's weights are not the file's.</summary>
    public const int FitsInPart = 4;

    /// <summary>Of a defect of the program, kept by <see cref="DefectReport" />.</summary>
    public const int Defect = 5;
    public const int Interrupted = 130;

    /// <summary>The code of what a person can mend; null for a defect of the program.</summary>
    public static int? Of(Exception exception) =>
        exception switch
        {
            AggregateException { InnerExceptions: [var first, ..] } => Of(first),
            OperationCanceledException => Interrupted,
            NonFiniteLossException => NonFiniteLoss,
            TrainingException
            or WeightsException
            or DatasetException
            or AnnotationException
            or ImageException
            or FigureException
            or BadInputException
            or WorkerException => BadInput,
            IOException or UnauthorizedAccessException or DllNotFoundException => BadInput,
            ExternalException when IsOutOfMemory(exception) => BadInput,
            _ => null,
        };

    /// <summary>What a person is told: one message, also where several threads failed at once.</summary>
    public static string Message(Exception exception) =>
        exception switch
        {
            AggregateException { InnerExceptions: [var first, ..] } => Message(first),
            OperationCanceledException => "Stopped.",
            ExternalException when IsOutOfMemory(exception) =>
                $"Out of memory: {exception.Message.Split('\n')[0]} Smaller batches or a shorter short side of the images need less.",
            _ => exception.Message,
        };

    // libtorch's words on the CPU and on CUDA devices; TorchSharp has no exception of its own for it.
    private static bool IsOutOfMemory(Exception exception) =>
        exception.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
        || exception.Message.Contains("can't allocate memory", StringComparison.OrdinalIgnoreCase);
}
