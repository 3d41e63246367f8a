using System.Collections.Immutable;

namespace DetectorDsl.Runtime.Training;

/// <summary>Where training stands.</summary>
/// <param name="Step">Micro-steps done.</param>
/// <param name="TotalSteps">Micro-steps of the whole run.</param>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Losses">Loss terms, averaged since the last report.</param>
/// <param name="LearningRate">Learning rate of the last update.</param>
/// <param name="ImagesPerSecond">Images a second since the last report.</param>
/// <param name="TimeLeft">Estimate of the time left.</param>
public sealed record TrainingProgress(long Step, long TotalSteps, double Epoch, ImmutableArray<KeyValuePair<string, double>> Losses, double LearningRate, double ImagesPerSecond, TimeSpan TimeLeft);
