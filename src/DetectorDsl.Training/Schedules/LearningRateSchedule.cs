using System.Globalization;

namespace DetectorDsl.Training.Schedules;

/// <summary>How the learning rate changes from step to step.</summary>
public abstract class LearningRateSchedule
{
    /// <summary>Share of the base learning rate at a step.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <returns>The share, 0 or more.</returns>
    public abstract double Factor(long step);

    /// <summary>What of the schedule a run is too short for, in sentences; nothing by default.</summary>
    /// <param name="steps">Length of the run.</param>
    /// <returns>The sentences.</returns>
    public virtual IEnumerable<string> Unreached(long steps) => [];
}

/// <summary>Multiplies the rate at given steps.</summary>
/// <param name="milestones">Steps from which another factor applies.</param>
/// <param name="gamma">The factor.</param>
public sealed class MultiStepSchedule(IReadOnlyList<long> milestones, double gamma) : LearningRateSchedule
{
    /// <summary>The schedule of a run whose milestones are given in epochs.</summary>
    /// <param name="milestones">Epochs (fractions allowed) from which another factor applies.</param>
    /// <param name="gamma">The factor.</param>
    /// <param name="epochs">Length of the run in epochs.</param>
    /// <param name="steps">Length of the run in steps.</param>
    /// <returns>The schedule.</returns>
    public static MultiStepSchedule AtEpochs(IReadOnlyList<double> milestones, double gamma, double epochs, long steps) =>
        new([.. milestones.Select(milestone => (long)Math.Round(milestone / epochs * steps))], gamma);

    /// <inheritdoc />
    public override double Factor(long step) => Math.Pow(gamma, milestones.Count(milestone => step >= milestone));

    /// <inheritdoc />
    public override IEnumerable<string> Unreached(long steps) =>
        milestones.Count(milestone => milestone >= steps) is > 0 and var late
            ?
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{late} of {milestones.Count} milestones of the learning rate lie at or beyond the run's end ({steps} steps) and have no effect."
                ),
            ]
            : [];
}

/// <summary>Half a cosine from 1 to a final share (Loshchilov and Hutter 2017, without restarts), which may be reached before the end.</summary>
/// <param name="steps">Number of steps of the run.</param>
/// <param name="finalFactor">Share at the end.</param>
/// <param name="until">Share of the steps over which the rate falls, above 0; thereafter it stays. Default 1.</param>
public sealed class CosineSchedule(long steps, double finalFactor, double until = 1) : LearningRateSchedule
{
    /// <inheritdoc />
    public override double Factor(long step) =>
        finalFactor + ((1 - finalFactor) * 0.5 * (1 + Math.Cos(Math.PI * Math.Clamp(step / Math.Max(1, until * steps), 0, 1))));
}

/// <summary>Rises linearly over the first steps, on top of another schedule (mmdetection: 500 steps from 0.001).</summary>
/// <param name="steps">Steps of the rise.</param>
/// <param name="startFactor">Share at step 0.</param>
/// <param name="inner">The schedule.</param>
public sealed class LinearWarmup(long steps, double startFactor, LearningRateSchedule inner) : LearningRateSchedule
{
    private readonly long steps = steps;

    /// <inheritdoc />
    public override double Factor(long step) => inner.Factor(step) * (step >= steps ? 1 : startFactor + ((1 - startFactor) * step / steps));

    /// <inheritdoc />
    public override IEnumerable<string> Unreached(long steps)
    {
        if (this.steps >= steps && this.steps > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The warm-up of {this.steps} steps is not over when the run ends after {steps}: the full learning rate is never reached."
            );
        }

        foreach (var line in inner.Unreached(steps))
        {
            yield return line;
        }
    }
}
