using BenchmarkDotNet.Attributes;
using DetectorDsl.Torch.Operators;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>CARAFE's reassembly, forward and backward: 2 x 256 x 40 x 40 doubled with kernels of 5 x 5, as in a feature pyramid.</summary>
public class CarafeBenchmark
{
    private const int Factor = 2;
    private const int Kernel = 5;

    private Tensor features = null!;
    private Tensor kernels = null!;

    [GlobalSetup]
    public void Fill()
    {
        features = randn(2, 256, 40, 40).requires_grad_();
        kernels = randn(2, Kernel * Kernel, 80, 80).softmax(1).detach().requires_grad_();
    }

    [Benchmark(Baseline = true)]
    public void Composed() =>
        Backward.Run(
            () => ComposedCarafe.Apply(features, kernels, CarafeGeometry.Of(features, kernels, Factor, Kernel, 1)),
            features,
            kernels
        );

    [Benchmark]
    public void Own() => Backward.Run(() => CarafeReassembly.Apply(features, kernels, Factor, Kernel), features, kernels);
}
