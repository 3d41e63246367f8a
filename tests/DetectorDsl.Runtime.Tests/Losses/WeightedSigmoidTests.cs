using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Losses;

/// <summary>What the sigmoid losses share.</summary>
public sealed class WeightedSigmoidTests
{
    [Theory]
    [InlineData(ScalarType.Float64, 1e-12)]
    [InlineData(ScalarType.Float32, 1e-5)]
    public void FusedEqualsComposed(ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        var logits = Filling.Fill(1, [9, 40], -6, 6, type);
        var labels = tensor(new long[] { 0, 39, 40, 7, 7, 40, 12, 3, 20 });
        foreach (var negatives in new[] { null, Filling.Fill(2, [1, 40], 0, 2), Filling.Fill(2, [9, 40], 0, 2, type) })
        {
            foreach (var (positives, weights) in new[] { (null, null), (Filling.Fill(3, [40], 0, 5), Filling.Fill(4, [9], 0, 1, type)) })
            {
                var fused = WeightedSigmoid.Compute(logits, labels, negatives, positives, weights, 0.3);
                var composed = WeightedSigmoid.Composed(logits, labels, negatives, positives, weights, 0.3);
                Expect.Close(composed.Value, fused.Value, tolerance, tolerance, "loss");
                Expect.Close(composed.Gradient, fused.Gradient, tolerance, tolerance, "gradient");
            }
        }
    }

    [Fact]
    public void HalfPrecision_IsComputedInSingle()
    {
        using var scope = NewDisposeScope();
        var logits = Filling.Fill(1, [9, 40], -6, 6).to(ScalarType.BFloat16);
        var labels = tensor(new long[] { 0, 39, 40, 7, 7, 40, 12, 3, 20 });
        var (value, gradient) = WeightedSigmoid.Compute(logits, labels, null, null, null, 1);
        var (expected, expectedGradient) = WeightedSigmoid.Compute(logits.to(ScalarType.Float32), labels, null, null, null, 1);
        Assert.Equal((ScalarType.Float32, ScalarType.BFloat16), (value.dtype, gradient.dtype));
        Expect.Close(expected, value, 0, 1e-5, "loss");
        Expect.Close(expectedGradient, gradient, 1e-4, 1e-2, "gradient");
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void AbsurdLogits_StayFinite(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new[] { 1e4, -1e4, -1e4, 1e4 }, [2, 2]).to(type).requires_grad_();
        var value = WeightedSigmoid.Loss(logits, tensor(new long[] { 0, 0 }), null, null, null, 1);
        value.backward();

        // Right and sure in the first row, wrong in both columns of the second.
        Expect.Close(2e4, value.to(ScalarType.Float64).item<double>(), 0, 1e-6, "loss");
        Expect.Close([0, 0, -1, 1], Expect.Values(logits.grad!), 1e-6, 0, "gradient");
    }

    [Fact]
    public void ASmallLoss_KeepsItsDigitsInSinglePrecision()
    {
        using var scope = NewDisposeScope();
        var value = WeightedSigmoid.Loss(tensor(new[] { 12f }, [1, 1]), tensor(new long[] { 0 }), null, null, null, 1);
        Expect.Close(Math.Log(1 + Math.Exp(-12)), value.item<float>(), 0, 1e-6, "loss");
    }

    [Fact]
    public void LabelsOutOfRange_AreRefused()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentOutOfRangeException>(() =>
            WeightedSigmoid.Loss(zeros(2, 3), tensor(new long[] { 0, 4 }), null, null, null, 1)
        );
        Assert.Contains("label 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GradientIsScaledByWhatFollows()
    {
        using var scope = NewDisposeScope();
        var labels = tensor(new long[] { 0, 3 });
        var at = Filling.Numbers(8, 6, -2, 2);
        var once = Differences.Gradient(logits => WeightedSigmoid.Loss(logits, labels, null, null, null, 1), at, [2, 3]);
        var thrice = Differences.Gradient(logits => WeightedSigmoid.Loss(logits, labels, null, null, null, 1) * 3, at, [2, 3]);
        Expect.Close([.. once.Select(value => 3 * value)], thrice, 1e-12, 0, "gradient");
    }
}
