using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Losses;

public sealed class EqualizationLossTests
{
    private const int Classes = 5;
    private static readonly long[] Labels = [0, 4, 5, 3, 5, 4];

    // Of 100 images: shares 0.5, 0.1, 0.01, 0.05, 0.02.
    private static readonly ClassFrequencies Frequencies = new(100, [50, 10, 1, 5, 2], [60, 10, 1, 9, 2]);

    [Fact]
    public void ByHand()
    {
        using var scope = NewDisposeScope();
        using var loss = Loss(2, new(10, [1, 9], [1, 9]), lambda: 0.2, lossWeight: 3);

        // sigmoid(ln 3) = 3/4, sigmoid(-ln 3) = 1/4; class 0 is the tail. Object of class 1: the tail's negative is dropped: ln 4.
        // Object of class 0: ln(4/3), and the other's negative ln(4/3). Background: ln 4 + ln(4/3).
        var (high, low) = (Math.Log(3), -Math.Log(3));
        var logits = tensor(new[] { high, low, high, low, high, low }, [3, 2]);
        var expected = 3 * (Math.Log(4) + (2 * Math.Log(4.0 / 3)) + Math.Log(4) + Math.Log(4.0 / 3)) / 3;
        Expect.Close(expected, loss.forward(logits, tensor(new long[] { 1, 0, 2 }), null, 3).item<double>(), 1e-12, 0, "loss");
        Expect.Close([0.75, 0.25, 0], Expect.Values(loss.Scores(logits).narrow(0, 0, 1)), 1e-12, 0, "scores");
        Assert.Equal(2, loss.LogitCount);
    }

    [Theory]
    [InlineData(0.02, null, 1)]
    [InlineData(0.051, null, 3)]
    [InlineData(0.5, 3, 2)]
    [InlineData(0.5, 0, 0)]
    [InlineData(0.0, null, 0)]
    public void TheThreshold_IsAShareOrANumberOfImages(double lambda, int? images, int tail) =>
        Assert.Equal(tail, Frequencies.RarerThan(lambda, images).Count(rare => rare));

    [Theory]
    [InlineData(0.0, null)]
    [InlineData(0.5, 0)]
    public void WithoutATail_ItIsBinaryCrossEntropy(double lambda, int? images)
    {
        using var scope = NewDisposeScope();
        using var loss = Loss(Classes, Frequencies, lambda, images);
        var logits = Filling.Fill(1, [Labels.Length, Classes], -3, 3);
        var targets = tensor(
            [.. Labels.SelectMany(label => Enumerable.Range(0, Classes).Select(column => column == label ? 1.0 : 0))],
            [Labels.Length, Classes]
        );
        var entropy = nn.functional.binary_cross_entropy_with_logits(logits, targets, reduction: nn.Reduction.Sum) / Labels.Length;
        Expect.Close(entropy, loss.forward(logits, tensor(Labels), null, Labels.Length), 1e-12, 0, "loss");
    }

    [Fact]
    public void BackgroundAlone_PushesEveryClassDown()
    {
        using var scope = NewDisposeScope();
        using var loss = Loss(Classes, Frequencies, 1);
        var logits = Filling.Fill(3, [4, Classes], -3, 3).requires_grad_();
        loss.forward(logits, full(4, Classes, dtype: ScalarType.Int64), null, 4).backward();
        Expect.Close(logits.sigmoid() / 4, logits.grad!, 1e-12, 0, "gradient");
    }

    [Fact]
    public void ASingleClass_OfTheTail()
    {
        using var scope = NewDisposeScope();
        using var loss = Loss(1, new(10, [1], [1]), 0.5);
        var value = loss.forward(tensor(new[] { 0.0, 0 }, [2, 1]), tensor(new long[] { 0, 1 }), null, 2);
        Expect.Close(Math.Log(2), value.item<double>(), 1e-12, 0, "loss");
    }

    [Fact]
    public void WhatFollowsFromTheData_IsNoPartOfACheckpoint()
    {
        using var loss = new EqualizationLoss(Classes);
        Assert.Empty(loss.state_dict());
    }

    [SkippableFact]
    public void LossAndGradientAreThoseOfThePublishedCode()
    {
        var item = Assert.Single(ReferenceVectors.Parts("losses/eql.json", "eql"));
        using var scope = NewDisposeScope();
        var (rows, classes, seed) = (item.Whole("N"), item.Whole("C"), item.Whole("seed"));
        var rare = Enumerable
            .Range(0, classes)
            .Select(j => 0.02 * Math.Pow(Filling.Unit((uint)seed + 5, (uint)j), 4) < item.Real("lambda_"))
            .ToArray();
        Assert.Equal(item.Whole("rare_classes"), rare.Count(isRare => isRare));
        using var loss = Loss(classes, new(100, [.. rare.Select(isRare => isRare ? 1 : 99)], [.. new int[classes]]), lambda: 0.5);
        var logits = Filling.Fill(seed, [rows, classes], -item.Real("scale"), item.Real("scale")).requires_grad_();
        var value = loss.forward(logits, tensor(item.Integers("labels")), null, rows);
        Expect.Close(item.Real("loss"), value.item<double>(), 1e-9, 1e-9, "loss");
        value.backward();
        Expect.Digest(item.GetProperty("grad"), logits.grad!, 1e-9, 1e-9, "gradient");
    }

    private static EqualizationLoss Loss(
        int classes,
        ClassFrequencies frequencies,
        double lambda,
        int? images = null,
        double lossWeight = 1
    )
    {
        var loss = new EqualizationLoss(classes, lambda, images, lossWeight);
        loss.LearnFrequencies(frequencies);
        return loss;
    }
}
