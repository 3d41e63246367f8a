using System.Text.Json;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Losses;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Vectors;

public sealed class OverlapVectorTests
{
    private const double Tolerance = 1e-9;

    [SkippableFact]
    public void OverlapsAreThoseOfTorchvision()
    {
        var cases = ReferenceVectors.Cases("ops/box_iou.json");
        Assert.Single(cases);
        foreach (var item in cases)
        {
            using var scope = NewDisposeScope();
            var (first, second) = (item.Matrix("boxes1", ScalarType.Float64), item.Matrix("boxes2", ScalarType.Float64));
            Expect.Close(item.Numbers("iou"), Expect.Values(BoxOverlap.Iou(first, second)), Tolerance, Tolerance, "iou");
            Expect.Close(item.Numbers("giou"), Expect.Values(BoxOverlap.GeneralizedIou(first, second)), Tolerance, Tolerance, "giou");
            Expect.Close(item.Numbers("diou"), Expect.Values(BoxOverlap.DistanceIou(first, second)), Tolerance, Tolerance, "diou");
            Expect.Close(item.Numbers("ciou"), Expect.Values(BoxOverlap.CompleteIou(first, second)), Tolerance, Tolerance, "ciou");
        }
    }

    // A loss is 1 - overlap of matching pairs. The reference adds 1e-7 to divisors of the order of the areas, which its losses' values and
    // gradients show from the ninth digit on.
    [SkippableFact]
    public void GradientsOfOverlapsAreThoseOfTorchvisionsLosses()
    {
        foreach (var item in ReferenceVectors.Cases("ops/box_iou.json"))
        {
            Check(item, "giou_loss", BoxOverlap.GeneralizedIou);
            Check(item, "diou_loss", BoxOverlap.DistanceIou);
            Check(item, "ciou_loss", BoxOverlap.CompleteIou);
        }
    }

    [SkippableFact]
    public void TheLossOfGeneralizedIou_IsTorchvisions()
    {
        foreach (var item in ReferenceVectors.Cases("ops/box_iou.json"))
        {
            using var scope = NewDisposeScope();
            var expected = item.GetProperty("giou_loss");
            var pairs = expected.GetProperty("values").GetArrayLength();
            var first = item.Matrix("boxes1", ScalarType.Float64).narrow(0, 0, pairs).clone().requires_grad_();
            var second = item.Matrix("boxes2", ScalarType.Float64).narrow(0, 0, pairs);
            for (var i = 0; i < pairs; i++)
            {
                Expect.Close(
                    expected.Numbers("values")[i],
                    new GeneralizedIouLoss().forward(first.narrow(0, i, 1), second.narrow(0, i, 1), null, 1).item<double>(),
                    Tolerance,
                    Tolerance,
                    $"pair {i}"
                );
            }

            new GeneralizedIouLoss(lossWeight: 2).forward(first, second, null, 2).backward();
            Expect.Close(expected.Numbers("grad"), Expect.Values(first.grad!), Tolerance, Tolerance, "gradient");
        }
    }

    private static void Check(JsonElement item, string name, Func<Tensor, Tensor, Tensor> overlap)
    {
        using var scope = NewDisposeScope();
        var expected = item.GetProperty(name);
        var pairs = expected.GetProperty("values").GetArrayLength();
        var first = item.Matrix("boxes1", ScalarType.Float64).narrow(0, 0, pairs).clone().requires_grad_();
        var second = item.Matrix("boxes2", ScalarType.Float64).narrow(0, 0, pairs);

        // Pair by pair: an undefined overlap of one box would otherwise spread to the others through the matrix.
        var losses = cat(
            [.. Enumerable.Range(0, pairs).Select(i => 1 - overlap(first.narrow(0, i, 1), second.narrow(0, i, 1)).view(1))],
            0
        );
        losses.sum().backward();
        Expect.Close(expected.Numbers("values"), Expect.Values(losses), 1e-8, 1e-8, name);
        Expect.Close(expected.Numbers("grad"), Expect.Values(first.grad!), 1e-8, 1e-8, $"gradient of {name}");
    }
}
