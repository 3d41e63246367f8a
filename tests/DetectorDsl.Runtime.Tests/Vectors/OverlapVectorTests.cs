using System.Text.Json;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
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
            Boxes first = item.Numbers("boxes1"),
                second = item.Numbers("boxes2");
            var (ious, generalized) = (item.Numbers("iou"), item.Numbers("giou"));
            for (var i = 0; i < ious.Length; i++)
            {
                var (a, b) = (i / second.Count, i % second.Count);
                Expect.Close(ious[i], first[a].Iou(second[b]), Tolerance, Tolerance, $"IoU of {a} and {b}");
                var loss = new GeneralizedIouLoss().forward(first.Slice(a, 1).ToTensor(CPU), second.Slice(b, 1).ToTensor(CPU), null, 1);
                Expect.Close(generalized[i], 1 - loss.item<double>(), Tolerance, Tolerance, $"generalised IoU of {a} and {b}");
            }
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
}
