using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>How the learning rate changes during training, after the warm-up.</summary>
[Component]
public abstract record Schedule
{
    /// <summary>What the learning rate does during the warm-up. Default: it rises linearly.</summary>
    public WarmupForm Warmup { get; init; } = WarmupForm.Linear;

    /// <summary>Steps of the warm-up at the start. Default 500.</summary>
    [TrainerOption, Range(0, 1000000)]
    public int WarmupSteps { get; init; } = 500;

    /// <summary>Share of the learning rate at the first step; where the warm-up is constant, at all of its steps. Default 0.001.</summary>
    [Range(0.0, 1.0)]
    public double WarmupStart { get; init; } = 0.001;
}
