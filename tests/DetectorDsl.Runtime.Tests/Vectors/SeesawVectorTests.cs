using System.Text.Json;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Vectors;

public sealed class SeesawVectorTests
{
    [SkippableFact]
    public void LossesCountsGradientsAndScoresAreThoseOfMmdetection()
    {
        var cases = ReferenceVectors.Cases("losses/seesaw.json");
        Assert.Equal(8, cases.Length);
        var runs = 0;
        foreach (var item in cases)
        {
            foreach (var result in item.GetProperty("results").EnumerateArray())
            {
                var single = result.GetProperty("dtype").GetString() == "float32";
                using var loss = new SeesawLoss(item.Whole("C"), item.Real("p"), item.Real("q"));
                if (item.TryGetProperty("prior", out _))
                {
                    var prior = Enumerable
                        .Range(0, item.Whole("C") + 1)
                        .Select(j => Math.Floor(Math.Pow(10, 4 * Math.Pow(Filling.Unit((uint)item.Whole("seed") + 4, (uint)j), 2)) - 1));
                    using var untracked = no_grad();
                    using var counts = tensor(prior.ToArray());
                    loss.CumulativeSamples.copy_(counts);
                }

                foreach (var call in result.GetProperty("calls").EnumerateArray())
                {
                    Check(item, call, loss, single);
                    runs++;
                }
            }
        }

        // Eight cases, three of them of two calls, each in both precisions.
        Assert.Equal(22, runs);
    }

    private static void Check(JsonElement item, JsonElement call, SeesawLoss loss, bool single)
    {
        using var scope = NewDisposeScope();
        var what = $"{item.GetProperty("name").GetString()} {call.Whole("seed")} {(single ? "float32" : "float64")}";
        var (tolerance, absolute, relative) = single ? (2e-5, 1e-6, 1e-4) : (1e-9, 1e-9, 1e-9);
        var (rows, classes) = (item.Whole("N"), item.Whole("C"));
        var labels = call.Integers("labels");
        var logits = Logits(item, call, labels, single).requires_grad_();
        var target = tensor(labels);
        var weights = Weights(item, call, rows, logits.dtype);
        var positives = labels.Count(label => label < classes);

        // Without a divisor of its own the reference averages the class term over the positive rows and the other over all.
        loss.Observe(target);
        var classFactor = item.Real("avg_factor", Math.Max(positives, 1));
        var terms = loss.Loss(logits, target, weights, classFactor).loss_cls_classes;
        var objectness = loss.Loss(logits, target, weights, item.Real("avg_factor", rows)).loss_cls_objectness;
        Expect.Close(call.Real("loss_cls_classes"), Expect.Values(terms)[0], tolerance, tolerance, $"{what}, classes");
        Expect.Close(call.Real("loss_cls_objectness"), Expect.Values(objectness)[0], tolerance, tolerance, $"{what}, objectness");
        Assert.Equal(call.Numbers("cum_samples"), Expect.Values(loss.CumulativeSamples));

        (terms + objectness).backward();
        Expect.Digest(call.GetProperty("grad"), logits.grad!, absolute, relative, $"{what}, gradient");
        var gradients = Expect.Values(logits.grad!);
        var atLabel = call.Numbers("grad_at_label");
        for (var row = 0; row < atLabel.Length; row++)
        {
            if (labels[row] < classes)
            {
                Expect.Close(
                    atLabel[row],
                    gradients[(row * (classes + 2)) + labels[row]],
                    absolute,
                    relative,
                    $"{what}, gradient at the label of row {row}"
                );
            }
        }

        var pairs = call.Numbers("grad_objectness");
        Expect.Close(
            pairs,
            [.. Enumerable.Range(0, pairs.Length).Select(i => gradients[(i / 2 * (classes + 2)) + classes + (i % 2)])],
            absolute,
            relative,
            $"{what}, gradient of objectness"
        );
        var sums = call.Numbers("grad_row_sum_classes");
        Expect.Close(
            sums,
            [.. Enumerable.Range(0, sums.Length).Select(row => gradients.AsSpan(row * (classes + 2), classes).ToArray().Sum())],
            absolute,
            relative,
            $"{what}, row sums"
        );
        Expect.Digest(call.GetProperty("activation"), loss.Scores(logits), single ? 1e-6 : 1e-9, relative, $"{what}, scores");

        // The composed form, against the same numbers.
        var composed = loss.ClassLosses(logits, target);
        var composedSum = weights is null ? composed.sum() : (composed * weights.masked_select(target.lt(classes))).sum();
        Expect.Close(call.Real("loss_cls_classes"), Expect.Values(composedSum)[0] / classFactor, tolerance, tolerance, $"{what}, composed");
    }

    private static Tensor Logits(JsonElement item, JsonElement call, long[] labels, bool single)
    {
        var (rows, classes, scale) = (item.Whole("N"), item.Whole("C"), item.Real("scale"));
        var numbers = Filling.Numbers(call.Whole("seed"), rows * (classes + 2), -scale, scale);
        var boost = item.Real("boost", 0);
        for (var row = 0; row < rows; row++)
        {
            if (labels[row] < classes)
            {
                var at = (row * (classes + 2)) + labels[row];
                numbers[at] = single ? (float)numbers[at] + (float)boost : numbers[at] + boost;
            }
        }

        return tensor(numbers, [rows, classes + 2]).to(single ? ScalarType.Float32 : ScalarType.Float64);
    }

    private static Tensor? Weights(JsonElement item, JsonElement call, int rows, ScalarType type) =>
        item.TryGetProperty("weights", out var rule)
            ? rule.GetString() == "zero_one"
                ? tensor(Filling.Numbers(call.Whole("seed") + 3, rows, 0, 1)).ge(0.3).to(type)
                : throw new NotSupportedException($"weights '{rule.GetString()}'")
            : null;
}
