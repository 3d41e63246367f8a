using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Weights;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Weights;

public sealed class StateDictTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string path;

    public StateDictTests() => path = folder.File("weights.safetensors");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void EverythingFits()
    {
        using var scope = NewDisposeScope();
        using var source = nn.Sequential(("conv", nn.Conv2d(3, 4, 3)), ("norm", nn.BatchNorm2d(4)));
        using var target = nn.Sequential(("conv", nn.Conv2d(3, 4, 3)), ("norm", nn.BatchNorm2d(4)));
        SafetensorsFile.Write(path, [.. source.state_dict()], new Dictionary<string, string>());
        var report = StateDict.Load(target, SafetensorsFile.Open(path));
        Assert.True(report.IsComplete);
        Assert.Equal("7 loaded, 0 of another shape, 0 missing, 0 unexpected", report.ToString());
        foreach (var (name, value) in target.state_dict())
        {
            Expect.Close(source.state_dict()[name], value, 0, 0, name);
        }

        Assert.All(target.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void WhatDoesNotFit_IsReportedAndLeftAsItWas()
    {
        using var scope = NewDisposeScope();
        using var target = nn.Sequential(("a", nn.Linear(2, 3)), ("b", nn.Linear(3, 1)));
        var before = Expect.Values(target.state_dict()["a.weight"]);
        SafetensorsFile.Write(
            path,
            [
                KeyValuePair.Create("net.a.weight", ones(5, 2)),
                KeyValuePair.Create("net.a.bias", ones(3)),
                KeyValuePair.Create("net.c", ones(1)),
                KeyValuePair.Create("other", ones(1)),
            ],
            new Dictionary<string, string>()
        );
        var report = StateDict.Load(target, SafetensorsFile.Open(path), "net.");
        Assert.Equal(["a.bias"], report.Loaded);
        Assert.Equal(["a.weight: file [5, 2], model [3, 2]"], report.Resized.Select(difference => difference.ToString()));
        Assert.Equal(["b.weight", "b.bias"], report.Missing);
        Assert.Equal(["net.c"], report.Unexpected);
        Assert.False(report.IsComplete);
        Assert.Equal(before, Expect.Values(target.state_dict()["a.weight"]));
        Assert.Equal([1, 1, 1], Expect.Values(target.state_dict()["a.bias"]));
    }

    [Fact]
    public void ValuesTakeTheModelsPrecision()
    {
        using var scope = NewDisposeScope();
        using var target = nn.Linear(1, 1);
        SafetensorsFile.Write(
            path,
            [KeyValuePair.Create("weight", tensor(new[] { 0.5 }, [1, 1])), KeyValuePair.Create("bias", tensor(new[] { 0.25 }))],
            new Dictionary<string, string>()
        );
        Assert.True(StateDict.Load(target, SafetensorsFile.Open(path)).IsComplete);
        Assert.Equal(ScalarType.Float32, target.weight!.dtype);
        Assert.Equal([0.5], Expect.Values(target.weight));
    }

    [Theory]
    [InlineData("weight", float.NaN)]
    [InlineData("bias", float.PositiveInfinity)]
    [InlineData("running_var", float.NegativeInfinity)]
    public void ValuesThatAreNotFinite_AreRefusedByName(string tensor, float value)
    {
        using var scope = NewDisposeScope();
        var path = folder.File("w.safetensors");
        Dictionary<string, Tensor> tensors = new()
        {
            ["weight"] = ones(2),
            ["bias"] = ones(2),
            ["running_mean"] = ones(2),
            ["running_var"] = ones(2),
            ["unused"] = full(2, float.NaN),
        };
        using var layer = nn.BatchNorm2d(2);
        SafetensorsFile.Write(path, tensors, new Dictionary<string, string>());
        Assert.Equal(4, StateDict.Load(layer, SafetensorsFile.Open(path)).Loaded.Count);
        tensors[tensor] = Pair(value);
        SafetensorsFile.Write(path, tensors, new Dictionary<string, string>());
        var message = Assert.Throws<WeightsException>(() => StateDict.Load(layer, SafetensorsFile.Open(path))).Message;
        Assert.StartsWith($"{path}: tensor '{tensor}' holds values that are not finite", message, StringComparison.Ordinal);

        static Tensor Pair(float odd) => torch.tensor(new[] { 1f, odd });
    }
}
