using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019).</summary>
/// <param name="LearningRate">Base learning rate. Default 1e-4.</param>
/// <param name="Beta1">Decay of the mean of gradients. Default 0.9.</param>
/// <param name="Beta2">Decay of the mean of squares. Default 0.999.</param>
/// <param name="WeightDecay">Decay of the weights. Default 0.05.</param>
/// <param name="Epsilon">Added to the root. Default 1e-8.</param>
[Component]
public record AdamW(
    [property: TrainerOption, Range(0.0, 1.0, MinimumIsExclusive = true)] double LearningRate = 1e-4,
    [Range(0.0, 1.0, MaximumIsExclusive = true)] double Beta1 = 0.9,
    [Range(0.0, 1.0, MaximumIsExclusive = true)] double Beta2 = 0.999,
    [property: TrainerOption, Range(0.0, 1.0)] double WeightDecay = 0.05,
    [Range(0.0, 1.0, MinimumIsExclusive = true)] double Epsilon = 1e-8
) : Optimizer;
