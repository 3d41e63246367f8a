using System.Diagnostics;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Training;

namespace Benchmarks.Step;

/// <summary>The generated training, watched: how long each step took, its wait for data included.</summary>
public sealed partial class StepMaskRcnnTraining
{
    private readonly List<double> milliseconds = [];
    private readonly Stopwatch clock = new();

    /// <summary>Duration of each finished step but the first.</summary>
    public IReadOnlyList<double> Milliseconds => milliseconds;

    /// <summary>Called after each step, with the step's number; outside its time.</summary>
    public Action<long>? StepEnded { get; set; }

    partial void OnBeforeStep(TrainingRun run, DetectionBatch batch) => clock.Restart();

    partial void OnAfterStep(TrainingRun run, StepMaskRcnnLosses losses)
    {
        milliseconds.Add(clock.Elapsed.TotalMilliseconds);
        StepEnded?.Invoke(run.Step);
    }
}
