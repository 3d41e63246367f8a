using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Losses;

public sealed class SideAwareBoxLossTests
{
    private const int Positives = 5;
    private static readonly SideAwareBoxLoss Loss = new(new SmoothL1Loss(beta: 0.1).forward);

    [Fact]
    public void ValuesAndGradients_AreMmdetections()
    {
        using var scope = NewDisposeScope();
        var expected = Fixtures.OfHead("side_aware.json", "loss");
        var predictions = Filling.Fill(expected.Whole("seed") + 2, [Positives, 56], -2, 2).requires_grad_();
        var (buckets, distances) = Loss.forward(predictions, Targets(), null, expected.Whole("regions"));
        Expect.Close(expected.Real("buckets"), buckets.item<double>(), 0, 1e-6, "buckets");
        Expect.Close(expected.Real("distances"), distances.item<double>(), 0, 1e-6, "distances");
        (buckets + (2 * distances)).backward();
        Expect.Close(expected.Numbers("gradient"), Expect.Values(predictions.grad!), 1e-8, 1e-4, "gradient");
    }

    [Fact]
    public void GradientIsThatOfFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        var (loss, targets, weights) = (
            new SideAwareBoxLoss(new SmoothL1Loss(beta: 0.1).forward, bucketWeight: 1.5),
            Targets(),
            Filling.Fill(3, [Positives], 0, 2)
        );
        Differences.Check(
            predictions =>
                loss.forward(predictions, targets, weights, 7) is var (buckets, distances)
                    ? buckets + distances
                    : throw new InvalidOperationException(),
            Filling.Numbers(4, Positives * 56, -2, 2),
            [Positives, 56],
            "both"
        );
    }

    [Fact]
    public void WeightsOfRows_AreFactors()
    {
        using var scope = NewDisposeScope();
        var (predictions, targets) = (Filling.Fill(1, [Positives, 56], -2, 2), Targets());
        var (first, last) = (
            Loss.forward(predictions.narrow(0, 0, 2), targets.narrow(0, 0, 2), null, 6),
            Loss.forward(predictions.narrow(0, 2, 3), targets.narrow(0, 2, 3), null, 6)
        );
        var (buckets, distances) = Loss.forward(predictions, targets, tensor(new[] { 2.0, 2, 0.5, 0.5, 0.5 }), 6);
        Expect.Close(
            (2 * first.loss_bbox_cls.item<double>()) + (0.5 * last.loss_bbox_cls.item<double>()),
            buckets.item<double>(),
            1e-12,
            0,
            "buckets"
        );
        Expect.Close(
            (2 * first.loss_bbox_reg.item<double>()) + (0.5 * last.loss_bbox_reg.item<double>()),
            distances.item<double>(),
            1e-12,
            0,
            "distances"
        );
    }

    [Fact]
    public void NoPositives_GiveZeroWithAGradient_AndOddTargetsAreRefused()
    {
        using var scope = NewDisposeScope();
        var none = zeros(0, 56).requires_grad_();
        var (buckets, distances) = Loss.forward(none, zeros(0, 112), null, 9);
        (buckets + distances).backward();
        Assert.Equal((0, 0), (buckets.item<float>(), distances.item<float>()));
        Assert.Equal([0, 56], none.grad!.shape);
        Assert.Throws<ArgumentException>(() => Loss.forward(none, zeros(0, 56), null, 9));
    }

    [Fact]
    public void NothingElseStaysAlive()
    {
        using var predictions = ones(4, 56).requires_grad_();
        using var targets = ones(4, 112);
        using var weights = ones(4);
        LiveTensors.OnlyResultsStay("side-aware loss", () =>
            Loss.forward(predictions, targets, weights, 4) is var (buckets, distances) ? [buckets, distances] : []
        );
    }

    private static Tensor Targets()
    {
        var (coder, seed) = (new BucketBoxCoder(), Fixtures.OfHead("side_aware.json", "loss").Whole("seed"));
        var boxes = Fixtures.Boxes(seed, Positives);
        Boxes objects = [.. Filling.Numbers(seed + 1, Positives * 4, -9, 9).Select((shift, i) => boxes[i] + (float)shift)];
        var targets = new float[Positives * coder.TargetNumbers];
        for (var i = 0; i < Positives; i++)
        {
            coder.EncodeTarget(
                ((Boxes)boxes).In<float>()[i],
                objects.In<float>()[i],
                targets.AsSpan(i * coder.TargetNumbers, coder.TargetNumbers)
            );
        }

        return tensor(targets, [Positives, coder.TargetNumbers]);
    }
}
