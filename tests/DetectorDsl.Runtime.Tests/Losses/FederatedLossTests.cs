using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Losses;

public sealed class FederatedLossTests
{
    [Fact]
    public void WithAllClasses_ItIsBinaryCrossEntropy()
    {
        using var scope = NewDisposeScope();
        using var loss = Of([1, 2, 3, 4], sampled: 5);
        var (logits, labels) = (Filling.Fill(1, [5, 4], -3, 3), new long[] { 0, 4, 2, 4, 1 });
        var targets = tensor([.. labels.SelectMany(label => Enumerable.Range(0, 4).Select(column => column == label ? 1.0 : 0))], [5, 4]);
        var entropy = nn.functional.binary_cross_entropy_with_logits(logits, targets, reduction: nn.Reduction.Sum) / 5;
        Expect.Close(entropy, loss.forward(logits, tensor(labels), null, 5, 1), 1e-12, 0, "loss");
    }

    [Fact]
    public void TheStepsClassesAreAlwaysSeen_BackgroundCountsAsOne()
    {
        using var loss = Of([.. Enumerable.Repeat(5, 20)], sampled: 6);
        var seen = loss.ClassesOfStep([3, 20, 3, 7, 20], 1);
        Assert.Superset(new HashSet<long> { 3, 7, 20 }, seen);
        Assert.Equal(6, seen.Count);
        Assert.Equal(8, loss.ClassesOfStep([0, 1, 2, 3, 4, 5, 6, 7], 1).Count);
    }

    [Fact]
    public void ClassesInNoImage_AreNeverDrawn()
    {
        using var loss = Of([0, 5, 0, 5], sampled: 4);
        Assert.Equal([1, 3], loss.ClassesOfStep([], 1).Order());
    }

    // The specification's worked numbers: shares of image counts 1, 10, 100, 1977 by their roots.
    [Fact]
    public void LotsAreDrawnByTheRootOfTheImageCounts()
    {
        const int Draws = 20000;
        using var loss = Of([1, 10, 100, 1977], sampled: 1);
        var drawn = new int[4];
        for (var step = 0; step < Draws; step++)
        {
            drawn[loss.ClassesOfStep([], step).Single()]++;
        }

        // Four standard deviations of a share near 1/4 are 0.012.
        Expect.Close([0.017057, 0.053940, 0.170574, 0.758429], [.. drawn.Select(count => count / (double)Draws)], 0.012, 0, "shares");
    }

    [Fact]
    public void LossAndGradientAreThoseOfDetectron2()
    {
        using var scope = NewDisposeScope();
        var item = Fixtures.OfLoss("federated");
        var (rows, classes) = (item.Whole("N"), item.Whole("C"));
        using var loss = Of([.. Enumerable.Repeat(1, classes)], 1);
        var logits = Filling.Fill(item.Whole("seed"), [rows, classes], -3, 3).requires_grad_();
        var value = loss.Loss(logits, tensor(item.Integers("labels")), null, rows, [.. item.Integers("classes")]);
        value.backward();
        Expect.Close(item.Real("loss"), value.item<double>(), 1e-9, 1e-9, "loss");
        Expect.Close(item.Numbers("grad"), Expect.Values(logits.grad!), 1e-9, 1e-9, "gradient");
    }

    private static FederatedLoss Of(int[] images, int sampled)
    {
        var loss = new FederatedLoss(images.Length, sampled);
        loss.LearnFrequencies(new(2000, [.. images], [.. images]));
        return loss;
    }
}
