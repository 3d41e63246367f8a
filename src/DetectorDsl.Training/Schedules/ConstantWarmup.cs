namespace DetectorDsl.Training.Schedules;

/// <summary>Stays at a share of another schedule over the first steps (mmdetection's FCOS: 500 steps at a third).</summary>
/// <param name="steps">Steps at that share.</param>
/// <param name="factor">The share.</param>
/// <param name="inner">The schedule.</param>
public sealed class ConstantWarmup(long steps, double factor, LearningRateSchedule inner) : LearningRateSchedule
{
    /// <inheritdoc />
    public override double Factor(long step) => inner.Factor(step) * (step >= steps ? 1 : factor);
}
