using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests.Mmdetection;

/// <summary>What mmdetection computed with a detector whose weights follow from their names; Fixtures/README.md has the formulas.</summary>
internal sealed class Fixture(string name)
{
    private const string Counts = "cum_samples";

    private readonly JsonElement document = Read(name);

    public bool OneByOne => document.Truth("one_by_one");

    public static JsonElement Read(string name)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Mmdetection", "Fixtures", $"{name}.json");
        return JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(file));
    }

    /// <summary>Gives a model its weights, whatever its precision.</summary>
    public void Fill(nn.Module model)
    {
        using var untracked = no_grad();
        var weights = model
            .state_dict()
            .Where(item => item.Value.is_floating_point() && !item.Key.EndsWith(Counts, StringComparison.Ordinal));
        foreach (var (weight, target) in weights)
        {
            using var scope = NewDisposeScope();
            target.copy_(Weight(weight, target.shape));
        }
    }

    /// <summary>Every loss, by its name.</summary>
    /// <param name="part">Which of the fixture's losses.</param>
    /// <param name="actual">Ours.</param>
    /// <param name="relative">Tolerance.</param>
    public void CheckLosses(string part, IReadOnlyDictionary<string, double> actual, double relative)
    {
        var expected = document.GetProperty(part).EnumerateObject().ToDictionary(term => term.Name, term => term.Value.GetDouble());
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, term => Expect.Close(term.Value, actual[term.Key], 1e-9, relative, term.Key));
    }

    /// <summary>The pyramid.</summary>
    public void CheckFeatures(Tensor[] pyramid, double share)
    {
        var expected = document.GetProperty("features").EnumerateArray().ToList();
        Assert.Equal(expected.Count, pyramid.Length);
        foreach (var (level, map) in pyramid.Index())
        {
            Assert.Equal(expected[level][0].Numbers(), map.shape.Select(side => (double)side));
            CheckDigest([expected[level][1].GetDouble(), expected[level][2].GetDouble()], map, (uint)level, share, $"level {level}");
        }
    }

    /// <summary>The gradient of every parameter; one that mmdetection has none for is zero or absent.</summary>
    public void CheckGradients(nn.Module model, double share)
    {
        var expected = document.GetProperty("gradients").EnumerateObject().ToDictionary(item => item.Name, item => item.Value);
        foreach (var (parameter, value) in model.named_parameters())
        {
            using var scope = NewDisposeScope();
            var gradient = value.grad ?? zeros_like(value);
            double[] digest = expected.Remove(parameter, out var given) ? given.Numbers() : [0, 0];
            CheckDigest(digest, gradient, Hash(parameter), share, parameter);
        }

        Assert.Empty(expected.Keys);
    }

    /// <summary>Detections of every image, best first.</summary>
    public void CheckDetections(IReadOnlyList<ImageDetections> found)
    {
        foreach (var (i, expected) in document.GetProperty("detections").EnumerateArray().Index())
        {
            double[] scores = [.. found[i].Scores.Select(score => (double)score)];
            double[] boxes = [.. found[i].Boxes.Select(corner => (double)corner)];
            Expect.Close(expected.Numbers("scores"), scores, 2e-6, 0, $"image {i}, scores");
            Assert.Equal(expected.Integers("labels"), found[i].Labels.Select(label => (long)label));
            Expect.Close(expected.Numbers("boxes"), boxes, 1e-3, 0, $"image {i}, boxes");
            if (found[i].Masks is { } masks)
            {
                Expect.Close(expected.Numbers("areas"), [.. masks.Select(mask => (double)mask.Area)], 1, 0, $"image {i}, areas of masks");
            }
        }
    }

    private static void CheckDigest(double[] expected, Tensor actual, uint seed, double share, string what)
    {
        var values = Expect.Values(actual);
        var weighted = Filling.Numbers(seed, values.Length, -1, 1).Zip(values, (weight, value) => weight * value).Sum();
        Expect.Close(expected, [weighted, values.Sum(Math.Abs)], (share * expected[1]) + 1e-9, 0, $"{what}: weighted sum, magnitudes");
    }

    private Tensor Weight(string name, long[] shape)
    {
        var gain = document
            .GetProperty("gains")
            .EnumerateArray()
            .Where(gain => name.EndsWith(gain[0].GetString()!, StringComparison.Ordinal))
            .Select(gain => (double?)gain[1].GetDouble())
            .FirstOrDefault();
        var spread = shape.Length > 1 ? (gain ?? 1) * Math.Sqrt(6.0 / shape[1..].Aggregate(1L, (product, side) => product * side)) : 0;
        var (low, high) = (shape.Length, name[(name.LastIndexOf('.') + 1)..]) switch
        {
            (_, "running_mean") => (-0.1, 0.1),
            (> 1, _) => (-spread, spread),
            (_, "bias") => ((gain ?? 0) - 0.05, (gain ?? 0) + 0.05),
            _ => (0.8, 1.2),
        };
        return Filling.Fill(Hash(name), shape, low, high, ScalarType.Float32);
    }

    /// <summary>FNV-1a in 32 bits.</summary>
    private static uint Hash(string name) =>
        Encoding.ASCII.GetBytes(name).Aggregate(0x811c9dc5u, (hash, value) => unchecked((hash ^ value) * 0x01000193u));
}
