using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Vectors;

public sealed class LossVectorTests
{
    [SkippableFact]
    public void SecondStageLossesAreThoseOfTorchvision()
    {
        var cases = ReferenceVectors.Cases("ops/box_losses.json");
        Assert.Single(cases);
        foreach (var item in cases)
        {
            using var scope = NewDisposeScope();
            var (rows, classes, seed) = (item.Whole("rows"), item.Whole("classes"), item.Whole("seed"));
            var logits = Filling.Fill(seed, [rows, classes], -3, 3).requires_grad_();
            var deltas = Filling.Fill(seed + 1, [rows, 4 * classes], -1, 1).requires_grad_();
            var targets = Filling.Fill(seed + 3, [rows, 4], -1, 1);
            var labels = tensor(item.Integers("labels"));

            // The reference's class 0 is background, ours is the last; the softmax does not care about the order of columns.
            var classification = new CrossEntropyLoss(classes - 1).forward(logits, labels, null, rows);
            var positive = labels.gt(0).nonzero().squeeze(1);
            var predicted = deltas.view(rows, classes, 4).index([positive, labels.index_select(0, positive)]);
            var regression = new SmoothL1Loss(item.Real("beta")).forward(predicted, targets.index_select(0, positive), null, rows);
            Expect.Close(item.Real("loss_classifier"), classification.item<double>(), 1e-9, 1e-9, "classifier");
            Expect.Close(item.Real("loss_box_reg"), regression.item<double>(), 1e-9, 1e-9, "boxes");
            (classification + regression).backward();
            Expect.Digest(item.GetProperty("grad_logits"), logits.grad!, 1e-9, 1e-9, "gradient of the logits");
            Expect.Digest(item.GetProperty("grad_deltas"), deltas.grad!, 1e-9, 1e-9, "gradient of the offsets");
        }
    }

    [SkippableFact]
    public void FocalLossIsThatOfTorchvision()
    {
        var cases = ReferenceVectors.Cases("ops/focal.json");
        Assert.Single(cases);
        foreach (var item in cases)
        {
            var (seed, shape) = (item.Whole("seed"), item.Integers("shape"));
            Assert.Equal(3, item.GetProperty("cases").GetArrayLength());
            foreach (var variant in item.GetProperty("cases").EnumerateArray())
            {
                using var scope = NewDisposeScope();
                var logits = Filling.Fill(seed, shape, -4, 4).requires_grad_();
                var targets = Filling.Fill(seed + 1, shape, 0, 1).lt(0.2).to(ScalarType.Float64);
                var losses = SigmoidFocalLoss.Elementwise(logits, targets, variant.Real("gamma"), variant.Real("alpha"));
                var what = $"alpha {variant.Real("alpha")}, gamma {variant.Real("gamma")}";
                Expect.Close(variant.Numbers("values"), Expect.Values(losses), 1e-9, 1e-9, what);
                Expect.Close(variant.Real("total"), losses.sum().item<double>(), 1e-9, 1e-9, $"{what}, sum");
                losses.sum().backward();
                Expect.Digest(variant.GetProperty("grad"), logits.grad!, 1e-9, 1e-9, $"{what}, gradient");
            }
        }
    }
}
