using System.Collections.Immutable;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DetectorDsl.Training.Optimization;

/// <summary>Parameters that share a weight decay and a factor of the learning rate.</summary>
/// <param name="Parameters">The parameters by their state-dict names.</param>
/// <param name="WeightDecay">Their weight decay.</param>
/// <param name="RateFactor">What a step's learning rate is multiplied by. Default 1.</param>
public sealed record ParameterGroup(
    ImmutableArray<(string Name, Parameter Parameter)> Parameters,
    double WeightDecay,
    double RateFactor = 1
)
{
    /// <summary>Splits a model's trainable parameters.</summary>
    /// <param name="model">The model.</param>
    /// <param name="weightDecay">Weight decay of a parameter whose factor is 1.</param>
    /// <param name="exemptNormAndBias">Whether parameters of one axis (biases, scales and shifts of normalisations) get none.</param>
    /// <param name="rules">Which parameters have other factors than 1; null for none.</param>
    /// <returns>A group for each pair of factors, in the order of the first parameter that has it.</returns>
    public static ImmutableArray<ParameterGroup> Of(
        nn.Module model,
        double weightDecay,
        bool exemptNormAndBias,
        ParameterRules? rules = null
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        var factors = (rules ?? ParameterRules.None).Of(model);
        return
        [
            .. model
                .named_parameters()
                .Where(item => item.parameter.requires_grad)
                .GroupBy(Factors, item => (item.name, item.parameter))
                .Select(group => new ParameterGroup([.. group], weightDecay * group.Key.WeightDecay, group.Key.LearningRate)),
        ];

        ParameterFactors Factors((string Name, Parameter Parameter) item) =>
            exemptNormAndBias && item.Parameter.Dimensions <= 1 ? factors(item.Name) with { WeightDecay = 0 } : factors(item.Name);
    }
}
