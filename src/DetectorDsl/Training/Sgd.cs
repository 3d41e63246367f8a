using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Stochastic gradient descent with momentum.</summary>
/// <param name="LearningRate">Base learning rate for the declared batch size. Default 0.02 (for 16 images).</param>
/// <param name="Momentum">Momentum: share of the previous update that is kept. Default 0.9.</param>
/// <param name="WeightDecay">Decay of the weights. Default 1e-4.</param>
/// <param name="Nesterov">Whether to use Nesterov's form. Default false.</param>
[Component]
public record Sgd(
    [property: TrainerOption, Range(0.0, 100.0, MinimumIsExclusive = true)] double LearningRate = 0.02,
    [property: TrainerOption, Range(0.0, 1.0, MaximumIsExclusive = true)] double Momentum = 0.9,
    [property: TrainerOption, Range(0.0, 1.0)] double WeightDecay = 1e-4,
    bool Nesterov = false
) : Optimizer;
