using System.Text.Json;
using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests;

/// <summary>The generated side-aware head computes what mmdetection's does.</summary>
[Collection(TorchCollection.Name)]
public sealed class SideAwareHeadTests
{
    private static readonly JsonElement Expected = JsonSerializer.Deserialize<JsonElement>(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures/side_aware_head.json"))
    );

    [Fact]
    public void NamesAndShapes_AreMmdetections()
    {
        using var head = new SideAwareFasterRcnnBoxHead();
        Assert.Equal(
            Expected.GetProperty("names").EnumerateObject().Select(item => $"{item.Name} {item.Value}"),
            head.state_dict().Select(item => $"{item.Key} [{string.Join(", ", item.Value.shape)}]").Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void OutputsAndGradients_AreMmdetections()
    {
        using var scope = NewDisposeScope();
        using var head = new SideAwareFasterRcnnBoxHead();
        head.to(ScalarType.Float64);
        Fill(head);
        var features = Filling.Fill(990, [3, 16, 5, 5], -1, 1, ScalarType.Float32).to(ScalarType.Float64).requires_grad_();
        var (logits, sides) = head.call(features);
        var (buckets, distances) = (sides.narrow(1, 0, 20), sides.narrow(1, 20, 20));
        Expect.Close(Expected.Numbers("logits"), Expect.Values(logits), 1e-8, 1e-7, "logits");
        Expect.Close(Expected.Numbers("buckets"), Expect.Values(buckets), 1e-8, 1e-7, "buckets");
        Expect.Close(Expected.Numbers("offsets"), Expect.Values(distances), 1e-8, 1e-7, "distances");

        (Weighted(logits, 991) + Weighted(buckets, 992) + Weighted(distances, 993)).backward();
        Check(Expected.GetProperty("input_gradient"), features.grad!, "input");
        Assert.All(head.named_parameters(), item =>
            Check(Expected.GetProperty("gradients").GetProperty(item.name), item.parameter.grad!, item.name)
        );
    }

    [Fact]
    public void NoRegions_AreTaken()
    {
        using var scope = NewDisposeScope();
        using var head = new SideAwareFasterRcnnBoxHead();
        var features = zeros(0, 16, 5, 5).requires_grad_();
        var (logits, sides) = head.call(features);
        Assert.Equal([0, 61], logits.shape);
        Assert.Equal([0, 40], sides.shape);
        (logits.sum() + sides.sum()).backward();
        Assert.All(head.parameters(), parameter => Assert.True(parameter.grad is null || parameter.grad.eq(0).all().item<bool>()));
    }

    private static Tensor Weighted(Tensor output, long seed) => (output * Filling.Fill(seed, output.shape, -1, 1)).sum();

    private static void Fill(nn.Module head)
    {
        using var untracked = no_grad();
        foreach (var (i, (_, parameter)) in head.named_parameters().OrderBy(item => item.name, StringComparer.Ordinal).Index())
        {
            parameter.copy_(Filling.Fill(900 + i, parameter.shape, -0.1, 0.1, ScalarType.Float32));
        }
    }

    private static void Check(JsonElement expected, Tensor actual, string what)
    {
        var values = Expect.Values(actual);
        Expect.Close(expected.Real("sum"), values.Sum(), 1e-7, 1e-6, $"{what}, sum");
        Expect.Close(expected.Real("abs_sum"), values.Sum(Math.Abs), 1e-7, 1e-6, $"{what}, sum of magnitudes");
    }
}
