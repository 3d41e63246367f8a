using BenchmarkDotNet.Attributes;
using DetectorDsl.Torch.Operators;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>Deformable convolution, version 2, forward and backward: 256 channels at 50 x 76, as in the third stage of a ResNet-50 on an image of 800 x 1,216.</summary>
public class DeformableConvolutionBenchmark
{
    private Tensor input = null!;
    private Tensor offset = null!;
    private Tensor mask = null!;
    private Tensor weight = null!;

    [GlobalSetup]
    public void Fill()
    {
        input = randn(1, 256, 50, 76).requires_grad_();
        offset = randn(1, 18, 50, 76).requires_grad_();
        mask = rand(1, 9, 50, 76).requires_grad_();
        weight = randn(256, 256, 3, 3).requires_grad_();
    }

    [Benchmark(Baseline = true)]
    public void Composed() =>
        Backward.Run(
            () =>
                ComposedDeformableConvolution.Apply(
                    DeformableGeometry.Of(input, offset, mask, weight, null, 1, 1, 1, 1, 1),
                    input,
                    offset,
                    mask,
                    weight
                ),
            input,
            offset,
            mask,
            weight
        );

    [Benchmark]
    public void Own() =>
        Backward.Run(() => DeformableConvolution.Apply(input, offset, mask, weight, padding: 1), input, offset, mask, weight);
}
