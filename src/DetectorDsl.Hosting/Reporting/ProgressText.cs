using System.Globalization;
using DetectorDsl.Training;

namespace DetectorDsl.Hosting.Reporting;

/// <summary>Where training stands, in words; numbers with a decimal point everywhere.</summary>
internal static class ProgressText
{
    public static string Losses(TrainingProgress now) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"loss {now.Total:F3} ({string.Join(", ", now.Losses.Select(term => string.Create(CultureInfo.InvariantCulture, $"{term.Name} {term.Value:F3}")))})"
        );

    public static string Short(TrainingProgress now) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {now.Epoch:F2}, loss {now.Total:F3}, {now.ImagesPerSecond:F1} images/s, {Duration(now.TimeLeft)} left"
        );

    public static string Line(TrainingProgress now) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"step {now.Step} of {now.Of}, epoch {now.Epoch:F2}: {Losses(now)}, learning rate {now.LearningRate:G4}, {now.ImagesPerSecond:F1} images/s, {Duration(now.TimeLeft)} left"
        );

    public static string Duration(TimeSpan time) =>
        time switch
        {
            { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalDays} d {time.Hours} h"),
            { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Hours} h {time.Minutes} min"),
            { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F0} s"),
        };
}
