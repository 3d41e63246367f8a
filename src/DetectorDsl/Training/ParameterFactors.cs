using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>By what the optimizer's learning rate and weight decay are multiplied for some of the parameters.</summary>
/// <param name="LearningRate">Factor of the learning rate. Default 1.</param>
/// <param name="WeightDecay">Factor of the weight decay. Default 1.</param>
[Component]
public record ParameterFactors([Range(0.0, 1000.0)] double LearningRate = 1.0, [Range(0.0, 1000.0)] double WeightDecay = 1.0);
