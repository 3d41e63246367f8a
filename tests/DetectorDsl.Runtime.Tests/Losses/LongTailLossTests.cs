using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Losses;

/// <summary>What every loss for long tails must do, whatever its formula.</summary>
public sealed class LongTailLossTests
{
    private const int Classes = 8;
    private static readonly long[] Labels = [0, 5, 8, 7, 8, 7, 2, 8, 3, 8, 8, 6, 8, 8];

    public static TheoryData<string> All => [.. LongTailLoss.All];

    public static TheoryData<string> Informed => [.. LongTailLoss.Informed];

    [Theory]
    [MemberData(nameof(All))]
    public void GradientIsThatOfFiniteDifferences(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = LongTailLoss.Of(name, Classes, lossWeight: 1.5);
        loss.Module.eval();
        var (labels, weights) = (tensor(Labels), Filling.Fill(3, [Labels.Length], 0, 2));
        var at = Filling.Numbers(2, Labels.Length * loss.Module.LogitCount, -3, 3);
        Differences.Check(logits => loss.Forward(logits, labels, weights, 9, 5), at, [Labels.Length, loss.Module.LogitCount], name);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void SingleAndDoublePrecisionAgree(string name)
    {
        using var scope = NewDisposeScope();
        var labels = tensor(Labels);
        var (first, second) = (
            Logits(name, ScalarType.Float32),
            Logits(name, ScalarType.Float32).to(ScalarType.Float64).detach().requires_grad_()
        );
        Step(name, first, labels).backward();
        Step(name, second, labels).backward();
        Expect.Close(second.grad!, first.grad!, 1e-6, 1e-4, "gradient");
        Expect.Close(Step(name, second, labels), Step(name, first, labels), 1e-6, 1e-5, "loss");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void BrainFloats_AreTaken(string name)
    {
        using var scope = NewDisposeScope();
        var logits = Logits(name, ScalarType.Float32).to(ScalarType.BFloat16).detach().requires_grad_();
        var value = Step(name, logits, tensor(Labels));
        value.backward();
        Expect.Close(Step(name, logits.to(ScalarType.Float32), tensor(Labels)), value, 0, 0.03, "loss");
        Assert.Equal(ScalarType.BFloat16, logits.grad!.dtype);
        Assert.True(logits.grad!.isfinite().all().item<bool>());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void NoRegions_GiveZeroWithAGradient(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = LongTailLoss.Of(name, Classes);
        var logits = zeros([0, loss.Module.LogitCount]).requires_grad_();
        var value = loss.Forward(logits, zeros([0], dtype: ScalarType.Int64), null, 0, 1);
        value.backward();
        Assert.Equal(0, value.item<float>());
        Assert.Equal([0, Classes + 1], loss.Module.Scores(logits).shape);
        Assert.All(loss.Module.buffers(), buffer => Assert.True(buffer.isfinite().all().item<bool>()));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void BackgroundAlone_AndObjectsAlone(string name)
    {
        foreach (var label in new long[] { Classes, Classes - 1, 0 })
        {
            using var scope = NewDisposeScope();
            using var loss = LongTailLoss.Of(name, Classes);
            var logits = Logits(name, ScalarType.Float64);
            var value = loss.Forward(logits, full(Labels.Length, label, dtype: ScalarType.Int64), null, Labels.Length, 1);
            value.backward();
            Assert.True(value.item<double>() > 0 && double.IsFinite(value.item<double>()), $"{name}, {label}: {value.item<double>()}");
            Assert.True(logits.grad!.isfinite().all().item<bool>());
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void ASingleClass(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = LongTailLoss.Of(name, classes: 1);
        var logits = Filling.Fill(4, [3, loss.Module.LogitCount], -2, 2).requires_grad_();
        var value = loss.Forward(logits, tensor(new long[] { 0, 1, 1 }), null, 3, 1);
        value.backward();
        Assert.True(value.item<double>() > 0 && logits.grad!.isfinite().all().item<bool>());
        Assert.Equal([3, 2], loss.Module.Scores(logits).shape);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void AbsurdLogits_StayFinite(string name)
    {
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            using var scope = NewDisposeScope();
            using var loss = LongTailLoss.Of(name, Classes);
            for (var step = 0; step < 3; step++)
            {
                var logits = (
                    Filling.Fill(12 + step, [Labels.Length, loss.Module.LogitCount], -1, 1).sign().to(type) * 1e4
                ).requires_grad_();
                var value = loss.Forward(logits, tensor(Labels), null, Labels.Length, 1);
                value.backward();
                Assert.True(
                    value.isfinite().item<bool>()
                        && logits.grad!.isfinite().all().item<bool>()
                        && loss.Module.Scores(logits).isfinite().all().item<bool>()
                );
                Assert.All(loss.Module.buffers(), buffer => Assert.True(buffer.isfinite().all().item<bool>()));
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void ScoresAreProbabilities_BackgroundLast(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = LongTailLoss.Of(name, Classes);
        var scores = loss.Module.Scores(Logits(name, ScalarType.Float64));
        Assert.Equal([Labels.Length, Classes + 1], scores.shape);
        Assert.All(Expect.Values(scores), score => Assert.InRange(score, 0, 1));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void WeightsAndFactorScaleTheLoss(string name)
    {
        using var scope = NewDisposeScope();
        var (logits, labels) = (Logits(name, ScalarType.Float64), tensor(Labels));
        var once = Step(name, logits, labels).item<double>();
        using var threefold = LongTailLoss.Of(name, Classes, lossWeight: 3);
        Expect.Close(3 * once, threefold.Forward(logits, labels, null, Labels.Length, 1).item<double>(), 1e-12, 1e-12, "loss weight");
        Expect.Close(0, threefold.Forward(logits, labels, zeros(Labels.Length), Labels.Length, 1).item<double>(), 0, 0, "rows of weight 0");
        using var plain = LongTailLoss.Of(name, Classes);
        Expect.Close(
            once,
            plain.Forward(logits, labels, ones(Labels.Length), Labels.Length, 1).item<double>(),
            1e-12,
            1e-12,
            "rows of weight 1"
        );
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Evaluation_LeavesTheBuffersAlone(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = LongTailLoss.Of(name, Classes);
        loss.Module.eval();
        double[][] before = [.. loss.Module.buffers().Select(Expect.Values)];
        loss.Forward(Logits(name, ScalarType.Float64), tensor(Labels), null, Labels.Length, 1);
        Assert.Equal(before, loss.Module.buffers().Select(Expect.Values));
    }

    [Theory]
    [InlineData(nameof(AdaptiveClassSuppressionLoss))]
    [InlineData(nameof(DropLoss))]
    [InlineData(nameof(FederatedLoss))]
    [InlineData(nameof(GroupSoftmaxLoss))]
    public void ASeedFixesTheLots(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = LongTailLoss.Of(name, Classes);
        var (logits, labels) = (Logits(name, ScalarType.Float64), tensor(Labels));
        double Value(long seed) => loss.Forward(logits, labels, null, Labels.Length, seed).item<double>();
        Assert.Equal(Value(1), Value(1));
        Assert.True(Enumerable.Range(1, 30).Select(seed => Value(seed)).Distinct().Count() > 1);
    }

    [Theory]
    [MemberData(nameof(Informed))]
    public void UntoldFrequencies_AreRefused(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = LongTailLoss.Of(name, Classes, informed: false);
        var error = Assert.Throws<InvalidOperationException>(() =>
            loss.Forward(Logits(name, ScalarType.Float64), tensor(Labels), null, 1, 1)
        );
        Assert.Contains($"{name} weighs classes by how often they occur: call LearnFrequencies", error.Message, StringComparison.Ordinal);
        var other = Assert.Throws<ArgumentException>(() => loss.Module.LearnFrequencies(new(1, [1, 1], [1, 1])));
        Assert.Contains("8 classes are needed, those of 2", other.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void LabelsOutOfRange_AreRefused(string name)
    {
        if (name is nameof(LogitAdjustedLoss) or nameof(EquilibriumLoss))
        {
            // Torch's own cross-entropy refuses them.
            return;
        }

        using var scope = NewDisposeScope();
        using var loss = LongTailLoss.Of(name, Classes);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() =>
            loss.Forward(zeros(2, loss.Module.LogitCount), tensor(new long[] { 0, Classes + 2 }), null, 2, 1)
        );
        Assert.Contains($"label {Classes + 2}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void OnlyTheResultStaysAlive(string name)
    {
        using var logits = Logits(name, ScalarType.Float32);
        using var labels = tensor(Labels);
        using var weights = ones(Labels.Length);
        using var loss = LongTailLoss.Of(name, Classes);

        // The objects' numbers are made of a count, in this test only.
        if (name != nameof(EquilibriumLoss))
        {
            LiveTensors.OnlyResultsStay(name, () => [loss.Forward(logits, labels, weights, 4, 1), loss.Module.Scores(logits)]);
        }

        LiveTensors.NothingStays(name, () => loss.Forward(logits, labels, weights, 4, 1).backward());
        LiveTensors.OnlyResultsStay(name, () =>
        {
            using var again = LongTailLoss.Of(name, Classes);
            return [];
        });
    }

    private static Tensor Step(string name, Tensor logits, Tensor labels)
    {
        using var loss = LongTailLoss.Of(name, Classes);
        return loss.Forward(logits, labels, null, Labels.Length, 1);
    }

    private static Tensor Logits(string name, ScalarType type)
    {
        using var loss = LongTailLoss.Of(name, Classes);
        return Filling.Fill(6, [Labels.Length, loss.Module.LogitCount], -3, 3, type).requires_grad_();
    }
}
