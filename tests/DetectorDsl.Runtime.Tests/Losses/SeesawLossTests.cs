using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Losses;

public sealed class SeesawLossTests
{
    private const int Classes = 7;

    [Fact]
    public void MitigationByHand()
    {
        using var scope = NewDisposeScope();
        using var loss = new SeesawLoss(3, p: 0.5, q: 2, counts: SeesawCounts.DataSet, classCounts: [16, 1, 4]);

        // Equal logits: no compensation. Label 0: Sij = (1/16)^0.5 = 1/4, (4/16)^0.5 = 1/2: ln(1 + 1/4 + 1/2) = ln 1.75.
        // Label 1, the rarest: ln 3. Objectness, logits 0 and ln 3: object ln 4, no object ln(4/3).
        var logits = tensor(new[] { 0, 0, 0, 0, Math.Log(3), 0, 0, 0, 0, Math.Log(3), 0, 0, 0, 0, Math.Log(3) }, [3, 5]);
        var (classes, objectness) = loss.forward(logits, tensor(new long[] { 0, 1, 3 }), null, 3);
        Expect.Close((Math.Log(1.75) + Math.Log(3)) / 3, classes.item<double>(), 1e-12, 0, "classes");
        Expect.Close(((2 * Math.Log(4)) + Math.Log(4.0 / 3)) / 3, objectness.item<double>(), 1e-12, 0, "objectness");
    }

    [Fact]
    public void CompensationByHand()
    {
        using var scope = NewDisposeScope();
        using var loss = new SeesawLoss(2, p: 0, q: 2);

        // e^z = 1 and 3: scores 1/4 and 3/4. Label 0: S = 3^2 = 9: ln(1 + 9 * 3) = ln 28. Label 1: the other scores less: ln(4/3).
        var logits = tensor(new[] { 0, Math.Log(3), 0, 0, 0, Math.Log(3), 0, 0 }, [2, 4]);
        Expect.Close(
            [Math.Log(28), Math.Log(4.0 / 3)],
            Expect.Values(loss.ClassLosses(logits, tensor(new long[] { 0, 1 }))),
            1e-12,
            0,
            "losses"
        );

        // Own score 1 / 1000 is taken as 0.01: S = (0.999 / 0.01)^2.
        var far = tensor(new[] { 0, Math.Log(999), 0, 0 }, [1, 4]);
        Expect.Close(
            Math.Log(1 + (99.9 * 99.9 * 999)),
            loss.Loss(far, tensor(new long[] { 0 }), null, 1).loss_cls_classes.item<double>(),
            1e-9,
            0,
            "bounded"
        );
    }

    [Fact]
    public void FusedLossAndGradient_AreThoseOfTheDefinition()
    {
        using var scope = NewDisposeScope();
        using var loss = new SeesawLoss(Classes);
        var labels = Labels(12);
        using (no_grad())
        {
            loss.CumulativeSamples.copy_(tensor(new double[] { 500, 3, 0, 80, 1, 2000, 12, 9999 }));
        }

        var counts = Expect.Values(loss.CumulativeSamples);
        var at = Filling.Numbers(31, 12 * (Classes + 2), -4, 4);
        var factors = Enumerable
            .Range(0, 12)
            .Select(row => labels[row] < Classes ? SeesawFormula.Factors(Row(at, row), (int)labels[row], counts, 0.8, 2, 0.01) : [])
            .ToArray();
        double ByDefinition(double[] values) =>
            Enumerable
                .Range(0, 12)
                .Where(row => labels[row] < Classes)
                .Sum(row => SeesawFormula.Loss(Row(values, row), (int)labels[row], factors[row])) / 12;
        var fused = loss.Loss(tensor(at, [12, Classes + 2]), tensor(labels), null, 12).loss_cls_classes;
        Expect.Close(ByDefinition(at), fused.item<double>(), 1e-12, 0, "loss");
        var gradient = Differences.Gradient(logits => loss.Loss(logits, tensor(labels), null, 12).loss_cls_classes, at, [12, Classes + 2]);
        Expect.Close(Differences.Central(ByDefinition, at), gradient, 1e-8, 1e-6, "gradient");
    }

    [Theory]
    [InlineData(0.8, 2.0)]
    [InlineData(0.8, 0.0)]
    [InlineData(0.0, 2.0)]
    [InlineData(0.0, 0.0)]
    public void FusedEqualsComposed(double p, double q)
    {
        foreach (var (type, tolerance) in new[] { (ScalarType.Float64, 1e-12), (ScalarType.Float32, 1e-5) })
        {
            using var scope = NewDisposeScope();
            using var loss = new SeesawLoss(1203, p, q, lossWeight: 1.5);
            var labels = tensor([.. Enumerable.Range(0, 40).Select(i => i % 3 == 0 ? 1203L : i * 29L)]);
            loss.Observe(labels);
            loss.Observe(tensor(new long[] { 29, 29, 29, 58, 1044 }));
            var weights = Filling.Fill(5, [40], 0, 2, type);
            var (first, second) = (
                Filling.Fill(6, [40, 1205], -3, 3, type).requires_grad_(),
                Filling.Fill(6, [40, 1205], -3, 3, type).requires_grad_()
            );
            var fused = loss.Loss(first, labels, weights, 40).loss_cls_classes;
            var composed = SeesawLoss.Weighted(loss.ClassLosses(second, labels), weights.masked_select(labels.lt(1203)), 1.5 / 40);
            Expect.Close(composed, fused, tolerance, tolerance, $"{type}");
            fused.backward();
            composed.backward();
            Expect.Close(second.grad!, first.grad!, tolerance, tolerance * 10, $"gradient, {type}");
        }
    }

    [Fact]
    public void GradientIsScaledByWhatFollows()
    {
        using var scope = NewDisposeScope();
        using var loss = new SeesawLoss(Classes);
        var labels = tensor(Labels(6));
        var at = Filling.Numbers(8, 6 * (Classes + 2), -2, 2);
        var once = Differences.Gradient(logits => loss.Loss(logits, labels, null, 6).loss_cls_classes, at, [6, Classes + 2]);
        var thrice = Differences.Gradient(logits => loss.Loss(logits, labels, null, 6).loss_cls_classes * 3, at, [6, Classes + 2]);
        Expect.Close([.. once.Select(value => 3 * value)], thrice, 1e-12, 0, "gradient");
    }

    [Fact]
    public void LogitsThatDoNotLieRowByRow_GiveTheSame()
    {
        using var scope = NewDisposeScope();
        using var loss = new SeesawLoss(Classes);
        var labels = tensor(Labels(6));
        var turned = Filling.Fill(9, [Classes + 2, 6], -2, 2).requires_grad_();
        var straight = turned.detach().t().contiguous().requires_grad_();
        loss.Loss(turned.t(), labels, null, 6).loss_cls_classes.backward();
        loss.Loss(straight, labels, null, 6).loss_cls_classes.backward();
        Expect.Close(straight.grad!, turned.grad!.t(), 0, 0, "gradient");
    }

    [Fact]
    public void WithoutItsFactors_ItIsCrossEntropyWithObjectness()
    {
        using var scope = NewDisposeScope();
        using var seesaw = new SeesawLoss(Classes, p: 0, q: 0);
        using var entropy = new ObjectnessCrossEntropyLoss(Classes);
        var labels = Labels(10);
        var logits = Filling.Fill(10, [10, Classes + 2], -3, 3);
        seesaw.Observe(tensor(labels));
        var (classes, objectness) = seesaw.forward(logits, tensor(labels), null, 10);
        var (otherClasses, otherObjectness) = entropy.forward(logits, tensor(labels), null, 10);

        // Independently: torch's own cross-entropy over the positive rows, and over the last two columns.
        long[] positive = [.. Enumerable.Range(0, 10).Where(row => labels[row] < Classes)];
        var own =
            nn.functional.cross_entropy(
                logits.index_select(0, tensor(positive)).narrow(1, 0, Classes),
                tensor([.. positive.Select(row => labels[row])]),
                reduction: nn.Reduction.Sum
            ) / 10;
        var two =
            nn.functional.cross_entropy(
                logits.narrow(1, Classes, 2),
                tensor([.. labels.Select(label => label == Classes ? 1L : 0)]),
                reduction: nn.Reduction.Sum
            ) / 10;
        Expect.Close(own, classes, 1e-12, 0, "classes");
        Expect.Close(own, otherClasses, 1e-12, 0, "classes of cross-entropy");
        Expect.Close(two, objectness, 1e-12, 0, "objectness");
        Expect.Close(two, otherObjectness, 1e-12, 0, "objectness of cross-entropy");
        Expect.Close(seesaw.Scores(logits), entropy.Scores(logits), 0, 0, "scores");
    }

    [Fact]
    public void NoPositives_GiveZeroWithAGradient()
    {
        using var scope = NewDisposeScope();
        using var loss = new SeesawLoss(Classes);
        var logits = Filling.Fill(11, [4, Classes + 2], -3, 3).requires_grad_();
        var (classes, objectness) = loss.forward(logits, full(4, Classes, dtype: ScalarType.Int64), null, 4);
        Assert.Equal(0, classes.item<double>());
        Assert.True(classes.requires_grad);
        (classes + objectness).backward();
        Assert.Equal(0, logits.grad!.narrow(1, 0, Classes).abs().sum().item<double>());
        Assert.True(logits.grad!.narrow(1, Classes, 2).abs().sum().item<double>() > 0);
        Assert.Empty(Expect.Values(loss.ClassLosses(logits, full(4, Classes, dtype: ScalarType.Int64))));
    }

    [Fact]
    public void NoRegions_GiveZero()
    {
        using var scope = NewDisposeScope();
        using var loss = new SeesawLoss(Classes);
        var (classes, objectness) = loss.forward(zeros([0, Classes + 2]).requires_grad_(), zeros([0], dtype: ScalarType.Int64), null, 0);
        Assert.Equal(0, classes.item<float>());
        Assert.Equal(0, objectness.item<float>());
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void AbsurdLogits_StayFinite(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var loss = new SeesawLoss(Classes);
        loss.Observe(tensor(new long[] { 0, 0, 0, 1 }));
        var labels = tensor(new long[] { 0, 1, 2, 3, Classes });
        var signs = Filling.Fill(12, [5, Classes + 2], -1, 1).sign().to(type);
        var logits = (signs * 1e4).requires_grad_();
        var (classes, objectness) = loss.Loss(logits, labels, null, 5);
        (classes + objectness).backward();
        Assert.True(classes.isfinite().item<bool>() && objectness.isfinite().item<bool>());
        Assert.True(logits.grad!.isfinite().all().item<bool>());
        Assert.True(loss.ClassLosses(logits, labels).isfinite().all().item<bool>());
        Assert.True(loss.Scores(logits).isfinite().all().item<bool>());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(Classes + 1)]
    public void LabelsOutOfRange_AreRefused(long label)
    {
        using var scope = NewDisposeScope();
        using var loss = new SeesawLoss(Classes);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() =>
            loss.Loss(zeros(2, Classes + 2), tensor(new long[] { 0, label }), null, 2)
        );
        Assert.Contains($"label {label}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherNumberOfLogits_IsRefused()
    {
        using var scope = NewDisposeScope();
        using var loss = new SeesawLoss(Classes);
        var error = Assert.Throws<ArgumentException>(() =>
            loss.forward(zeros(2, Classes + 1), zeros([2], dtype: ScalarType.Int64), null, 2)
        );
        Assert.Contains($"{Classes + 2} logits", error.Message, StringComparison.Ordinal);
    }

    private static long[] Labels(int rows) => [.. Enumerable.Range(0, rows).Select(row => (row * 3L) % (Classes + 1))];

    private static double[] Row(double[] values, int row) => values[(row * (Classes + 2))..((row * (Classes + 2)) + Classes)];
}
