namespace DetectorDsl.Training.Optimization;

/// <summary>By what the learning rate and the weight decay are multiplied for some of the parameters.</summary>
/// <param name="LearningRate">Factor of the learning rate, 0 or more. Default 1.</param>
/// <param name="WeightDecay">Factor of the weight decay, 0 or more. Default 1.</param>
public sealed record ParameterFactors(double LearningRate = 1, double WeightDecay = 1);
