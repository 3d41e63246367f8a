using BenchmarkDotNet.Attributes;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>Seesaw Loss over LVIS's 1,203 classes, forward and backward: 1,024 regions, a quarter of them objects.</summary>
public class SeesawBenchmark
{
    private const int Classes = 1203;
    private const int Regions = 1024;

    private SeesawLoss loss = null!;
    private Tensor logits = null!;
    private Tensor labels = null!;

    [GlobalSetup]
    public void Fill()
    {
        loss = new SeesawLoss(Classes);
        logits = randn(Regions, Classes + 2).requires_grad_();
        labels = where(
            arange(Regions).remainder(4).eq(0),
            randint(0, Classes, Regions, ScalarType.Int64),
            full(Regions, Classes, ScalarType.Int64)
        );
    }

    /// <summary>Seesaw's matrices of factors and the library's cross-entropy over them, as mmdetection writes it.</summary>
    [Benchmark(Baseline = true)]
    public void Composed() => Backward.Run(() => Matrices() + Objectness(), logits);

    [Benchmark]
    public void Own() =>
        Backward.Run(
            () =>
                loss.forward(logits, labels, null, Regions) is var (classes, objectness)
                    ? classes + objectness
                    : throw new InvalidOperationException(),
            logits
        );

    private Tensor Matrices()
    {
        var counts = loss.CumulativeSamples;
        var positive = labels.lt(Classes);
        foreach (var present in labels.unique().output.data<long>())
        {
            counts[present] += labels.eq(present).sum();
        }

        var label = labels.masked_select(positive);
        var z = logits.index_select(0, positive.nonzero().squeeze(1)).narrow(1, 0, Classes);
        var own = nn.functional.one_hot(label, Classes).to(ScalarType.Float32);
        var known = counts.narrow(0, 0, Classes).clamp(min: 1);
        var ratio = (known.unsqueeze(0) / known.unsqueeze(1)).to(ScalarType.Float32);
        var rarer = ratio.lt(1).to(ScalarType.Float32);
        var mitigation = ((ratio.pow(0.8) * rarer) + (1 - rarer)).index_select(0, label);
        var scores = z.detach().softmax(1);
        var against = scores / scores.gather(1, label.unsqueeze(1)).clamp(min: 0.01);
        var higher = against.gt(1).to(ScalarType.Float32);
        var compensation = (against.pow(2) * higher) + (1 - higher);
        var adjusted = z + ((mitigation * compensation).log() * (1 - own));
        return nn.functional.cross_entropy(adjusted, label, reduction: nn.Reduction.Sum) / Regions;
    }

    private Tensor Objectness() =>
        nn.functional.cross_entropy(logits.narrow(1, Classes, 2), labels.eq(Classes).to(ScalarType.Int64), reduction: nn.Reduction.Sum)
        / Regions;
}
