using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Losses;

public sealed class EqualizationLossV2Tests
{
    // The specification's worked numbers.
    [Theory]
    [InlineData(0, 0.000068, 4.999729)]
    [InlineData(0.2, 0.000746, 4.997016)]
    [InlineData(0.5, 0.026597, 4.893612)]
    [InlineData(0.8, 0.5, 3)]
    [InlineData(1, 0.916827, 1.332691)]
    [InlineData(100, 1, 1)]
    public void WeightsOfARatio(double ratio, double negative, double positive)
    {
        using var scope = NewDisposeScope();
        using var loss = new EqualizationLossV2(1);
        loss.eval();
        using (no_grad())
        {
            loss.get_buffer("pos_neg")!.fill_(ratio);
        }

        // Logits 0: each cross-entropy is ln 2, that of background with weight 1.
        var value = loss.forward(zeros([2, 2], ScalarType.Float64), tensor(new long[] { 0, 1 }), tensor(new[] { 1.0, 0 }), 1);
        Expect.Close((positive + 1) * Math.Log(2), value.item<double>(), 1e-6, 0, "positive");
        value = loss.forward(zeros([2, 2], ScalarType.Float64), tensor(new long[] { 0, 1 }), tensor(new[] { 0, 1.0 }), 1);
        Expect.Close((negative + 1) * Math.Log(2), value.item<double>(), 1e-6, 0, "negative");
    }

    [Fact]
    public void AtFirst_ItIsBinaryCrossEntropy()
    {
        using var scope = NewDisposeScope();
        using var loss = new EqualizationLossV2(4);
        var logits = Filling.Fill(1, [5, 5], -3, 3);
        var labels = new long[] { 0, 4, 2, 4, 1 };
        var targets = tensor([.. labels.SelectMany(label => Enumerable.Range(0, 5).Select(column => column == label ? 1.0 : 0))], [5, 5]);
        var entropy = nn.functional.binary_cross_entropy_with_logits(logits, targets, reduction: nn.Reduction.Sum) / 5;
        Expect.Close(entropy, loss.forward(logits, tensor(labels), null, 5), 1e-12, 0, "loss");
    }

    [Fact]
    public void GradientsAreBuffersOfTheStateDict()
    {
        using var loss = new EqualizationLossV2(4);
        Assert.Equal(["neg_grad", "pos_grad", "pos_neg"], loss.state_dict().Keys.Order());
        Assert.All(loss.state_dict().Values, buffer => Assert.Equal([4], buffer.shape));
    }

    [SkippableFact]
    public void LossGradientBuffersAndScoresAreThoseOfThePublishedCode()
    {
        var cases = ReferenceVectors.Parts("losses/eql.json", "eqlv2");
        var calls = 0;
        foreach (var item in cases)
        {
            using var scope = NewDisposeScope();
            var (rows, classes) = (item.Whole("N"), item.Whole("C"));
            using var loss = new EqualizationLossV2(classes, item.Real("gamma"), item.Real("mu"), item.Real("alpha"));
            foreach (var call in item.GetProperty("calls").EnumerateArray())
            {
                var what = $"call {call.Whole("seed")}";
                var labels = call.Integers("labels");
                var numbers = Filling.Numbers(call.Whole("seed"), rows * (classes + 1), -item.Real("scale"), item.Real("scale"));
                for (var row = 0; row < rows; row++)
                {
                    numbers[(row * (classes + 1)) + labels[row]] += item.Real("boost", 0);
                }

                var logits = tensor(numbers, [rows, classes + 1]).requires_grad_();
                var value = loss.forward(logits, tensor(labels), null, rows);
                value.backward();
                Expect.Close(call.Real("loss"), value.item<double>(), 1e-9, 1e-9, what);
                Expect.Digest(call.GetProperty("grad"), logits.grad!, 1e-9, 1e-9, $"{what}, gradient");
                Expect.Digest(call.GetProperty("activation"), loss.Scores(logits), 1e-9, 1e-9, $"{what}, scores");
                foreach (var buffer in new[] { "pos_grad", "neg_grad", "pos_neg" })
                {
                    Expect.Digest(call.GetProperty(buffer), loss.get_buffer(buffer)!, 1e-6, 1e-6, $"{what}, {buffer}");
                }

                calls++;
            }
        }

        Assert.True(calls >= 2);
    }
}
