namespace DetectorDsl.Evaluation.Errors;

/// <summary>Which detections are sorted by their errors, and where the lines lie.</summary>
public sealed record ErrorSettings
{
    /// <summary>Detections below are left out, as nobody would have been shown them. Default: 0.3.</summary>
    public double ScoreThreshold { get; init; } = 0.3;

    /// <summary>Overlap from which a detection has found an object; in (0, 1]. Default: 0.5.</summary>
    public double IouThreshold { get; init; } = 0.5;

    /// <summary>Overlap below which a detection has nothing to do with an object; 0 to <see cref="IouThreshold" />. Default: 0.1.</summary>
    public double BackgroundThreshold { get; init; } = 0.1;

    internal void Validate()
    {
        if (
            !(
                IouThreshold is > 0 and <= 1
                && BackgroundThreshold >= 0
                && BackgroundThreshold <= IouThreshold
                && !double.IsNaN(ScoreThreshold)
            )
        )
        {
            throw new ArgumentException(
                $"{nameof(ErrorSettings)}: an overlap threshold in (0, 1], a background threshold from 0 to it and a score threshold are needed, not {IouThreshold}, {BackgroundThreshold}, {ScoreThreshold}."
            );
        }
    }
}
