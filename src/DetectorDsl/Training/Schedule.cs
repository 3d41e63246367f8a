using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>How the learning rate changes during training, after the warm-up.</summary>
[Component]
public abstract record Schedule
{
    /// <summary>Steps over which the learning rate rises linearly at the start. Default 500.</summary>
    [TrainerOption, Range(0, 1000000)]
    public int WarmupSteps { get; init; } = 500;

    /// <summary>Share of the learning rate at the first step. Default 0.001.</summary>
    [Range(0.0, 1.0)]
    public double WarmupStart { get; init; } = 0.001;
}
