using BenchmarkDotNet.Attributes;
using DetectorDsl.Torch.Operators;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>RoIAlign, forward and backward: 512 regions of a map of 256 x 80 x 80 at stride 4, 7 x 7 cells.</summary>
public class RoIAlignBenchmark
{
    private const int Cells = 7;
    private const double Scale = 0.25;

    private Tensor features = null!;
    private Tensor rois = null!;

    [GlobalSetup]
    public void Fill()
    {
        features = randn(1, 256, 80, 80).requires_grad_();
        var corners = rand(512, 2) * 240;
        rois = cat([zeros(512, 1), corners, corners + (rand(512, 2) * 72) + 8], 1);
    }

    [Benchmark(Baseline = true)]
    public void Composed() =>
        Backward.Run(() => ComposedRoIAlign.Apply(features, rois, Scale, new RoIAlignGeometry(Cells, Cells, 0, true)), features);

    [Benchmark]
    public void Own() => Backward.Run(() => RoIAlign.Apply(features, rois, Cells, Cells, Scale, samplingRatio: 0, aligned: true), features);
}
