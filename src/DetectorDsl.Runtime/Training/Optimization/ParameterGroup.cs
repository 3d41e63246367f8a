using System.Collections.Immutable;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Training.Optimization;

/// <summary>Parameters that share a weight decay.</summary>
/// <param name="Parameters">The parameters by their state-dict names.</param>
/// <param name="WeightDecay">Their weight decay.</param>
public sealed record ParameterGroup(ImmutableArray<(string Name, Parameter Parameter)> Parameters, double WeightDecay)
{
    /// <summary>Splits a model's trainable parameters.</summary>
    /// <param name="model">The model.</param>
    /// <param name="weightDecay">Weight decay of most parameters.</param>
    /// <param name="exemptNormAndBias">Whether parameters of one axis (biases, scales and shifts of normalisations) get none.</param>
    /// <returns>One group, or two.</returns>
    public static ImmutableArray<ParameterGroup> Of(nn.Module model, double weightDecay, bool exemptNormAndBias)
    {
        ArgumentNullException.ThrowIfNull(model);
        var trainable = model.named_parameters().Where(item => item.parameter.requires_grad).Select(item => (item.name, item.parameter)).ToList();
        if (!exemptNormAndBias)
        {
            return [new ParameterGroup([.. trainable], weightDecay)];
        }

        return
        [
            new ParameterGroup([.. trainable.Where(item => item.parameter.Dimensions > 1)], weightDecay),
            new ParameterGroup([.. trainable.Where(item => item.parameter.Dimensions <= 1)], 0),
        ];
    }
}
