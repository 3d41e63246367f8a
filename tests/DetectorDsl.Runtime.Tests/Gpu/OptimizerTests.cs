using System.Collections.Immutable;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Training.Optimization;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;
using AdamW = DetectorDsl.Training.Optimization.AdamW;

namespace DetectorDsl.Runtime.Tests.Gpu;

public sealed class OptimizerTests
{
    [SkippableFact]
    public void StepsOfSgdAreTheSame() => StepsAreTheSame(groups => new Sgd(groups, momentum: 0.9, nesterov: true));

    [SkippableFact]
    public void StepsOfAdamWAreTheSame() => StepsAreTheSame(groups => new AdamW(groups));

    private static void StepsAreTheSame(Func<ImmutableArray<ParameterGroup>, Optimizer> make)
    {
        BothDevices.Need();
        using var scope = NewDisposeScope();
        Expect.Close(After(CPU), After(CUDA), 1e-12, 1e-10, "parameters");

        Tensor After(Device device)
        {
            var parameter = new Parameter(Filling.Fill(1, [50, 3], -1, 1).to(device));
            using var optimizer = make([new ParameterGroup([("weight", parameter)], 0.01)]);
            for (var step = 0; step < 4; step++)
            {
                parameter.grad = Filling.Fill(2 + step, [50, 3], -1, 1).to(device);
                optimizer.Step(0.1);
            }

            return parameter;
        }
    }
}
