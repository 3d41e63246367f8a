using DetectorDsl.Training.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Optimization;

/// <summary>A few numbers that an optimizer changes.</summary>
internal static class TrainedParameter
{
    public static Parameter Of(params double[] values) => new(tensor(values));

    public static ParameterGroup Group(Parameter parameter, double weightDecay, string name = "weight") =>
        new([(name, parameter)], weightDecay);

    public static void Give(Parameter parameter, params double[] gradient)
    {
        using var value = tensor(gradient).view(parameter.shape);
        parameter.grad = value;
    }
}
