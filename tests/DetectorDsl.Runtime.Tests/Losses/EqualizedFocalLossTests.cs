using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Losses;

public sealed class EqualizedFocalLossTests
{
    [Theory]
    [InlineData(0.25, 0.0, 3)]
    [InlineData(-1.0, 0.0, 3)]
    [InlineData(0.25, 8.0, 1)]
    public void InBalance_ItIsFocalLoss(double alpha, double scale, int steps)
    {
        using var scope = NewDisposeScope();
        using var loss = new EqualizedFocalLoss(5, alpha: alpha, scale: scale);
        using var focal = new SigmoidFocalLoss(5, alpha: alpha);
        var labels = tensor(new long[] { 0, 5, 4, 5, 1, 5 });
        for (var step = 0; step < steps; step++)
        {
            var (first, second) = (Filling.Fill(step, [6, 5], -4, 4).requires_grad_(), Filling.Fill(step, [6, 5], -4, 4).requires_grad_());
            var value = loss.forward(first, labels, null, 3);
            var expected = focal.forward(second, labels, null, 3);
            Expect.Close(expected, value, 1e-12, 0, "loss");
            value.backward();
            expected.backward();
            Expect.Close(second.grad!, first.grad!, 1e-12, 0, "gradient");
        }
    }

    // The specification's worked numbers: exponent and weight of a class by its ratio.
    [Theory]
    [InlineData(0, 10, 5)]
    [InlineData(0.25, 8, 4)]
    [InlineData(0.5, 6, 3)]
    [InlineData(1, 2, 1)]
    public void FocusOfARatio(double ratio, double exponent, double weight)
    {
        using var scope = NewDisposeScope();
        using var loss = new EqualizedFocalLoss(1, alpha: -1);
        loss.eval();
        using (no_grad())
        {
            loss.get_buffer("pos_neg")!.fill_(ratio);
        }

        // p = 3/4 on background: weight (3/4)^exponent ln 4.
        var value = loss.forward(tensor(new[] { Math.Log(3) }, [1, 1]), tensor(new long[] { 1 }), null, 1);
        Expect.Close(weight * Math.Pow(0.75, exponent) * Math.Log(4), value.item<double>(), 1e-12, 0, "loss");
    }

    [Theory]
    [InlineData(ScalarType.Float64, 1e-12)]
    [InlineData(ScalarType.Float32, 1e-5)]
    public void FusedEqualsComposed(ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var loss = new EqualizedFocalLoss(30);
        using (no_grad())
        {
            loss.get_buffer("pos_neg")!.copy_(Filling.Fill(5, [30], 0, 1));
        }

        var (logits, labels, weights) = (
            Filling.Fill(1, [9, 30], -6, 6, type),
            tensor(new long[] { 0, 29, 30, 7, 7, 30, 12, 3, 20 }),
            Filling.Fill(2, [9], 0, 2, type)
        );
        var (value, gradient) = loss.Compute(logits, labels, weights, 0.3);
        var (expected, expectedGradient) = loss.Composed(logits, labels, weights, 0.3);
        Expect.Close(expected, value, tolerance, tolerance, "loss");
        Expect.Close(expectedGradient, gradient, tolerance, tolerance, "gradient");
    }

    [Fact]
    public void LossGradientAndBuffersAreThoseOfThePublishedCode()
    {
        using var scope = NewDisposeScope();
        var item = Fixtures.OfLoss("equalized_focal");
        var (rows, classes) = (item.Whole("N"), item.Whole("C"));
        using var loss = new EqualizedFocalLoss(classes);
        Assert.Equal(3, item.GetProperty("calls").GetArrayLength());
        foreach (var call in item.GetProperty("calls").EnumerateArray())
        {
            var logits = Filling.Fill(call.Whole("seed"), [rows, classes], -4, 4).requires_grad_();
            var value = loss.forward(logits, tensor(call.Integers("labels")), null, item.Real("divisor"));
            value.backward();
            Expect.Close(call.Real("loss"), value.item<double>(), 1e-9, 1e-9, "loss");
            Expect.Close(call.Numbers("grad"), Expect.Values(logits.grad!), 1e-9, 1e-9, "gradient");
            foreach (var buffer in new[] { "pos_grad", "neg_grad", "pos_neg" })
            {
                Expect.Close(call.Numbers(buffer), Expect.Values(loss.get_buffer(buffer)!), 1e-9, 1e-9, buffer);
            }
        }
    }
}
