using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Losses;

public sealed class SimpleLossTests
{
    private static readonly double Ln2 = Math.Log(2);

    [Fact]
    public void CrossEntropyByHand()
    {
        using var scope = NewDisposeScope();
        using var loss = new CrossEntropyLoss(2, lossWeight: 2);

        // e^z = 1, 1, 2 (background). Label 0: -ln(1/4); label 2: -ln(2/4).
        var logits = tensor(new[] { 0, 0, Ln2, 0, 0, Ln2 }, [2, 3]);
        var labels = tensor(new long[] { 0, 2 });
        Expect.Close(2 * (Math.Log(4) + Ln2) / 2, loss.forward(logits, labels, null, 2).item<double>(), 1e-12, 0, "mean");
        Expect.Close(
            2 * ((0.5 * Math.Log(4)) + (3 * Ln2)) / 4,
            loss.forward(logits, labels, tensor(new[] { 0.5, 3 }), 4).item<double>(),
            1e-12,
            0,
            "weighted"
        );

        // A divisor below 1 counts as 1.
        Expect.Close(2 * (Math.Log(4) + Ln2), loss.forward(logits, labels, null, 0).item<double>(), 1e-12, 0, "no divisor");
        Expect.Close([0.25, 0.25, 0.5], Expect.Values(loss.Scores(logits).narrow(0, 0, 1)), 1e-12, 0, "scores");
        Assert.Equal(3, loss.LogitCount);
    }

    [Fact]
    public void ObjectnessByHand()
    {
        using var scope = NewDisposeScope();

        // sigmoid(ln 3) = 3/4: -ln(3/4) on an object, -ln(1/4) elsewhere.
        var logits = tensor(new[] { Math.Log(3), Math.Log(3) });
        var sum = Math.Log(4.0 / 3) + Math.Log(4);
        Expect.Close(sum / 2, new ObjectnessLoss().forward(logits, tensor(new[] { 1.0, 0 }), 2).item<double>(), 1e-12, 0, "mean");
        Expect.Close(0, new ObjectnessLoss().forward(zeros(0), zeros(0), 0).item<float>(), 0, 0, "nothing sampled");
    }

    [Fact]
    public void FocalLossByHand()
    {
        using var scope = NewDisposeScope();
        using var loss = new SigmoidFocalLoss(2);

        // p = 3/4 and 1/4. Label 0: 0.25 (1/4)^2 ln(4/3) + 0.75 (1/4)^2 ln(4/3). Background: 0.75 ((3/4)^2 ln 4 + (1/4)^2 ln(4/3)).
        var logits = tensor(new[] { Math.Log(3), -Math.Log(3), Math.Log(3), -Math.Log(3) }, [2, 2]);
        var positive = Math.Log(4.0 / 3) / 16;
        var background = 0.75 * ((9.0 / 16 * Math.Log(4)) + (Math.Log(4.0 / 3) / 16));
        Expect.Close(positive + background, loss.forward(logits, tensor(new long[] { 0, 2 }), null, 1).item<double>(), 1e-12, 0, "sum");
        Expect.Close(
            (2 * positive) / 3,
            loss.forward(logits, tensor(new long[] { 0, 2 }), tensor(new[] { 2.0, 0 }), 3).item<double>(),
            1e-12,
            0,
            "weighted"
        );

        // Guided anchors divide by a 200th of their places, which need not be 1.
        Expect.Close(
            (positive + background) / 0.43,
            loss.forward(logits, tensor(new long[] { 0, 2 }), null, 0.43).item<double>(),
            1e-12,
            0,
            "small divisor"
        );
        Expect.Close(
            positive + background,
            loss.forward(logits, tensor(new long[] { 0, 2 }), null, 0).item<double>(),
            1e-12,
            0,
            "no divisor"
        );
        Expect.Close([0.75, 0.25, 0], Expect.Values(loss.Scores(logits).narrow(0, 0, 1)), 1e-12, 0, "scores");
    }

    [Fact]
    public void FocalLossWithoutFocus_IsBinaryCrossEntropy()
    {
        using var scope = NewDisposeScope();
        var (logits, targets) = (Filling.Fill(1, [5, 4], -3, 3), Filling.Fill(2, [5, 4], 0, 1).gt(0.5).to(ScalarType.Float64));
        var entropy = nn.functional.binary_cross_entropy_with_logits(logits, targets, reduction: nn.Reduction.None);
        Expect.Close(entropy, SigmoidFocalLoss.Elementwise(logits, targets, 0, -1), 1e-12, 0, "gamma 0");
    }

    [Fact]
    public void FocalLossOfAbsurdLogits_StaysFinite()
    {
        using var scope = NewDisposeScope();
        using var loss = new SigmoidFocalLoss(2);
        var logits = tensor(new float[] { 1e4f, -1e4f, -1e4f, 1e4f }, [2, 2]).requires_grad_();
        var value = loss.forward(logits, tensor(new long[] { 0, 0 }), null, 2);
        value.backward();
        Assert.True(value.isfinite().item<bool>() && logits.grad!.isfinite().all().item<bool>());
    }

    [Fact]
    public void SmoothL1ByHand()
    {
        using var scope = NewDisposeScope();

        // beta 0.5: differences 0, 0.2, 0.5, 2 give 0, 0.04 / (2 * 0.5) = 0.04, 0.25, 1.75.
        var predictions = tensor(new[] { 1, 0.2, -0.5, 3.0 }, [1, 4]).requires_grad_();
        var targets = tensor(new[] { 1, 0, 0, 1.0 }, [1, 4]);
        var value = new SmoothL1Loss(0.5, lossWeight: 3).forward(predictions, targets, null, 2);
        Expect.Close(3 * 2.04 / 2, value.item<double>(), 1e-12, 0, "sum");

        // Derivatives d / beta within, sign(d) beyond, times 3 / 2.
        value.backward();
        Expect.Close([0, 0.6, -1.5, 1.5], Expect.Values(predictions.grad!), 1e-12, 0, "gradient");
    }

    [Fact]
    public void L1ByHand()
    {
        using var scope = NewDisposeScope();
        var predictions = tensor(new[] { 1, 0.25, -0.5, 3.0 }, [1, 4]);
        Expect.Close(
            2.75 / 2,
            new L1Loss().forward(predictions, tensor(new[] { 1, 0, 0, 1.0 }, [1, 4]), null, 2).item<double>(),
            1e-12,
            0,
            "sum"
        );
    }

    [Fact]
    public void BoxLossesWithWeights()
    {
        using var scope = NewDisposeScope();
        var predictions = tensor(new[] { 1, 0, 0, 0, 3, 0, 0, 0.0 }, [2, 4]);
        var weights = tensor(new[] { 0.5, 2 });
        Expect.Close(6.5 / 4, new L1Loss().forward(predictions, zeros(2, 4), weights, 4).item<double>(), 1e-12, 0, "absolute");
        Expect.Close(
            ((0.5 * 0.5) + (2 * 2.5)) / 4,
            new SmoothL1Loss().forward(predictions, zeros(2, 4), weights, 4).item<double>(),
            1e-12,
            0,
            "smooth"
        );
    }

    // Values of the specification, worked out by hand: b = 19.085537.
    [Theory]
    [InlineData(0.1, 0.031353)]
    [InlineData(0.25, 0.140037)]
    [InlineData(0.5, 0.400568)]
    [InlineData(1, 1.078594)]
    [InlineData(2, 2.578594)]
    public void BalancedL1(double difference, double expected)
    {
        using var scope = NewDisposeScope();
        var predictions = tensor(new[] { difference, 0, 0, 0 }, [1, 4]);
        Expect.Close(expected, new BalancedL1Loss().forward(predictions, zeros(1, 4), null, 1).item<double>(), 5e-7, 0, "value");
        Expect.Close(
            3 * 0.5 * expected / 2,
            new BalancedL1Loss(lossWeight: 3).forward(-predictions, zeros(1, 4), tensor(new[] { 0.5 }), 2).item<double>(),
            1e-6,
            0,
            "weighted"
        );
    }

    // Numbers of mmdetection's balanced_l1_loss.py in double precision: differences as given, weights 0.5 and 2, factor 1.5, divisor 3.
    [Theory]
    [InlineData(
        1.0,
        3.7546296849305696,
        new[] { 0.08375252816810672, -0.13345699308533104, 0.2694665964566354, -0.375, 0.16166119848582636, -1.2609134071868084, 1.5, 0 }
    )]
    [InlineData(
        0.11,
        4.893913556708488,
        new[] { 0.38822738034699844, -0.41882074029398964, 0.375, -0.375, 1.653708747376883, -1.5, 1.5, 0 }
    )]
    public void BalancedL1IsMmdetections(double beta, double expected, double[] gradient)
    {
        using var scope = NewDisposeScope();
        var predictions = tensor(new[] { 0.05, -0.1, 0.4, -3.0, 0.02, -0.6, 1.7, 0 }, [2, 4]).requires_grad_();
        var value = new BalancedL1Loss(beta: beta, lossWeight: 1.5).forward(
            predictions,
            zeros([2, 4], dtype: ScalarType.Float64),
            tensor(new[] { 0.5, 2 }),
            3
        );
        value.backward();
        Expect.Close(expected, value.item<double>(), 1e-12, 0, "value");
        Expect.Close(gradient, Expect.Values(predictions.grad!), 1e-12, 0, "gradient");
    }

    [Fact]
    public void GradientOfBalancedL1()
    {
        Differences.Check(values => new BalancedL1Loss().forward(values, zeros(1, 4), null, 1), [0.1, -0.6, 1.7, -3], [1, 4], "gradient");

        // ln(b x + 1) / 2 for small differences, never above gamma.
        var slopes = Differences.Gradient(
            values => new BalancedL1Loss().forward(values, zeros(1, 4), null, 1),
            [0.2, -0.6, 1.7, -3],
            [1, 4]
        );
        Expect.Close(
            [0.5 * Math.Log((0.2 * (Math.Exp(3) - 1)) + 1), -0.5 * Math.Log((0.6 * (Math.Exp(3) - 1)) + 1), 1.5, -1.5],
            slopes,
            1e-9,
            0,
            "slopes"
        );
    }

    [Fact]
    public void IouLossByHand()
    {
        using var scope = NewDisposeScope();

        // IoU 1/3, weight 3; no overlap counts as 1e-6.
        var predictions = tensor(new[] { 0, 0, 2, 1, 0, 0, 1, 1.0 }, [2, 4]).requires_grad_();
        var targets = tensor(new[] { 1, 0, 3, 1, 5, 5, 6, 6.0 }, [2, 4]);
        var loss = new IouLoss(lossWeight: 2).forward(predictions, targets, tensor(new[] { 3, 1.0 }), 4);
        Expect.Close(2 * ((3 * Math.Log(3)) + (6 * Math.Log(10))) / 4, loss.item<double>(), 1e-12, 0, "loss");
        Differences.Check(boxes => new IouLoss().forward(boxes, targets.narrow(0, 0, 1), null, 1), [0.1, 0.2, 2, 1.1], [1, 4], "gradient");
        Differences.Check(
            boxes => new GeneralizedIouLoss().forward(boxes, targets.narrow(0, 1, 1), null, 1),
            [0.1, 0.2, 2, 1.1],
            [1, 4],
            "gradient of the generalised"
        );
    }

    [Fact]
    public void BoxLossesOfNoRegions_AreZeroWithAGradient()
    {
        using var scope = NewDisposeScope();
        var predictions = zeros(0, 4).requires_grad_();
        foreach (
            var value in new[]
            {
                new SmoothL1Loss(1.0 / 9).forward(predictions, zeros(0, 4), null, 0),
                new L1Loss().forward(predictions, zeros(0, 4), null, 0),
                new BalancedL1Loss().forward(predictions, zeros(0, 4), null, 0),
                new IouLoss().forward(predictions, zeros(0, 4), null, 0),
                new GeneralizedIouLoss().forward(predictions, zeros(0, 4), null, 0),
            }
        )
        {
            Assert.Equal(0, value.item<float>());
            Assert.True(value.requires_grad);
        }
    }

    [Fact]
    public void MaskLossByHand()
    {
        using var scope = NewDisposeScope();

        // Two regions, two classes, one pixel. Own classes 1 and 0 hold ln 3 and -ln 3, targets 1 and 1: (ln(4/3) + ln 4) / 2.
        var logits = tensor(new[] { 9, Math.Log(3), -Math.Log(3), 9 }, [2, 2, 1, 1]).requires_grad_();
        var value = new MaskBinaryCrossEntropyLoss().forward(
            logits,
            tensor(new long[] { 1, 0 }),
            ones([2, 1, 1], dtype: ScalarType.Float64)
        );
        Expect.Close((Math.Log(4.0 / 3) + Math.Log(4)) / 2, value.item<double>(), 1e-12, 0, "mean");

        // (p - 1) / 2 at the own class, nothing at the other.
        value.backward();
        Expect.Close([0, -0.125, -0.375, 0], Expect.Values(logits.grad!), 1e-12, 0, "gradient");
    }

    [Fact]
    public void MaskLossWithoutClasses_UsesTheOnlyMap()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new[] { Math.Log(3), Math.Log(3) }, [2, 1, 1, 1]);
        var value = new MaskBinaryCrossEntropyLoss().forward(
            logits,
            tensor(new long[] { 5, 0 }),
            ones([2, 1, 1], dtype: ScalarType.Float64)
        );
        Expect.Close(Math.Log(4.0 / 3), value.item<double>(), 1e-12, 0, "mean");
        var none = new MaskBinaryCrossEntropyLoss().forward(
            zeros([0, 3, 28, 28]).requires_grad_(),
            zeros([0], dtype: ScalarType.Int64),
            zeros([0, 28, 28])
        );
        Assert.Equal(0, none.item<float>());
        Assert.True(none.requires_grad);
    }

    [Fact]
    public void ScoresWithObjectnessByHand()
    {
        using var scope = NewDisposeScope();

        // Classes 1/4 and 3/4, object 1/4: 1/16, 3/16 and background 3/4.
        var scores = new SeesawLoss(2).Scores(tensor(new[] { 0, Math.Log(3), 0, Math.Log(3) }, [1, 4]));
        Expect.Close([1.0 / 16, 3.0 / 16, 0.75], Expect.Values(scores), 1e-12, 0, "scores");
    }
}
