using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Images;
using DetectorDsl.Runtime.Training;
using DetectorDsl.Runtime.Weights;

namespace DetectorDsl.Runtime.CommandLine;

/// <summary>How the process ends.</summary>
internal static class ExitCodes
{
    public const int Good = 0;
    public const int BadInput = 1;
    public const int Usage = 2;
    public const int NonFiniteLoss = 3;
    public const int Interrupted = 130;

    /// <summary>The code of what a person can mend; null for a defect of the program, which shows itself with its stack.</summary>
    public static int? Of(Exception exception) => exception switch
    {
        OperationCanceledException => Interrupted,
        NonFiniteLossException => NonFiniteLoss,
        TrainingException or WeightsException or DatasetException or AnnotationException or ImageException or BadInputException => BadInput,
        IOException or UnauthorizedAccessException or DllNotFoundException => BadInput,
        _ => null,
    };
}
