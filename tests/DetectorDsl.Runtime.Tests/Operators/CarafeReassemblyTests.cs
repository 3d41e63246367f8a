using System.Text.Json;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Operators;

public sealed class CarafeReassemblyTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Fixtures.OfNeck("operator").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void NumbersAreThoseOfTheDefinition(int index)
    {
        var expected = Fixtures.OfNeck("operator")[index];
        using var scope = NewDisposeScope();
        var (seed, images, channels, height, width) = (
            expected.GetProperty("seed").GetInt64(),
            Integer("images"),
            Integer("channels"),
            Integer("height"),
            Integer("width")
        );
        var (kernel, groups, factor) = (Integer("kernel"), Integer("groups"), Integer("factor"));
        foreach (var composed in new[] { false, true })
        {
            var map = Filling.Fill(seed, [images, channels, height, width], -1, 1).requires_grad_();
            var kernels = Filling
                .Fill(seed + 1, [images, groups * kernel * kernel, height * factor, width * factor], 0, 1)
                .requires_grad_();
            var output = composed
                ? ComposedCarafe.Apply(map, kernels, CarafeGeometry.Of(map, kernels, factor, kernel, groups))
                : CarafeReassembly.Apply(map, kernels, factor, kernel, groups);
            (output * Filling.Fill(seed + 2, output.shape, -1, 1)).sum().backward();
            Expect.Digest(expected.GetProperty("output"), output, 1e-12, 1e-12, $"output, composed {composed}");
            Expect.Digest(expected.GetProperty("features"), map.grad!, 1e-12, 1e-12, $"gradient of the map, composed {composed}");
            Expect.Digest(expected.GetProperty("kernels"), kernels.grad!, 1e-12, 1e-12, $"gradient of the kernels, composed {composed}");
        }

        int Integer(string name) => expected.GetProperty(name).GetInt32();
    }

    // Channels of a group below, at and above the four vectors that the kernel keeps in registers, with and without a rest.
    [Theory]
    [InlineData(5, 5, 1, 2)]
    [InlineData(64, 5, 1, 2)]
    [InlineData(70, 3, 2, 2)]
    [InlineData(74, 5, 1, 3)]
    [InlineData(16, 7, 4, 1)]
    [InlineData(3, 1, 3, 4)]
    public void KernelEqualsComposedForm(int channels, int kernel, int groups, int factor)
    {
        foreach (var (type, tolerance) in new[] { (ScalarType.Float64, 1e-12), (ScalarType.Float32, 2e-5) })
        {
            using var scope = NewDisposeScope();
            var results = new List<(Tensor Output, Tensor Map, Tensor Kernels)>();
            foreach (var composed in new[] { true, false })
            {
                var map = Filling.Fill(1, [2, channels, 6, 4], -1, 1, type).requires_grad_();
                var kernels = Filling.Fill(2, [2, groups * kernel * kernel, 6 * factor, 4 * factor], 0, 0.2, type).requires_grad_();
                var output = composed
                    ? ComposedCarafe.Apply(
                        MemoryOrder.ChannelsLast(map),
                        MemoryOrder.ChannelsLast(kernels),
                        CarafeGeometry.Of(map, kernels, factor, kernel, groups)
                    )
                    : CarafeReassembly.Apply(map, kernels, factor, kernel, groups);
                (output * Filling.Fill(3, output.shape, -1, 1, type)).sum().backward();
                results.Add((output, map.grad!, kernels.grad!));
            }

            Expect.Close(results[0].Output, results[1].Output, tolerance, tolerance, $"{type}");
            Expect.Close(results[0].Map, results[1].Map, tolerance * 10, tolerance, $"gradient of the map, {type}");
            Expect.Close(results[0].Kernels, results[1].Kernels, tolerance * 10, tolerance, $"gradient of the kernels, {type}");
        }
    }

    [Fact]
    public void GradientsAreThoseOfFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        var (map, kernels, weights) = (
            Filling.Fill(4, [1, 4, 2, 3], -1, 1),
            Filling.Fill(5, [1, 18, 4, 6], 0, 1),
            Filling.Fill(6, [1, 4, 4, 6], -1, 1)
        );
        Differences.Check(at => (CarafeReassembly.Apply(at, kernels, 2, 3, 2) * weights).sum(), Expect.Values(map), map.shape, "map");
        Differences.Check(
            at => (CarafeReassembly.Apply(map, at, 2, 3, 2) * weights).sum(),
            Expect.Values(kernels),
            kernels.shape,
            "kernels"
        );
    }

    [Fact]
    public void KernelsWithAllWeightInTheCentre_CopyTheNearestCell()
    {
        using var scope = NewDisposeScope();
        var map = Filling.Fill(7, [2, 40, 3, 5], -1, 1, ScalarType.Float32);
        var kernels = zeros(2, 25, 6, 10);
        kernels.select(1, 12).fill_(1);
        Expect.Close(
            nn.functional.interpolate(map, scale_factor: [2, 2], mode: InterpolationMode.Nearest),
            CarafeReassembly.Apply(map, kernels, 2, 5),
            0,
            0,
            "output"
        );
    }

    [Fact]
    public void MapsThatLieInAnotherOrder_GiveTheSame()
    {
        using var scope = NewDisposeScope();
        var (map, kernels) = (Filling.Fill(8, [2, 6, 4, 3], -1, 1), Filling.Fill(9, [2, 9, 8, 6], 0, 1));
        var turned = map.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        Assert.False(turned.is_contiguous());
        Expect.Close(CarafeReassembly.Apply(map, kernels, 2, 3), CarafeReassembly.Apply(turned, kernels, 2, 3), 0, 0, "output");
    }

    [Fact]
    public void NoRegions_GiveNoCellsAndNoGradient()
    {
        using var scope = NewDisposeScope();
        var (map, kernels) = (zeros(0, 4, 7, 7).requires_grad_(), zeros(0, 25, 14, 14).requires_grad_());
        var output = CarafeReassembly.Apply(map, kernels, 2, 5);
        Assert.Equal([0, 4, 14, 14], output.shape);
        output.sum().backward();
        Assert.Equal(map.shape, map.grad!.shape);
        Assert.Equal(kernels.shape, kernels.grad!.shape);
    }

    [Fact]
    public void WhatDoesNotFit_IsRefused()
    {
        using var scope = NewDisposeScope();
        Assert.Contains(
            "[2, 25, 8, 6]",
            Assert.Throws<ArgumentException>(() => CarafeReassembly.Apply(zeros(2, 4, 4, 3), zeros(2, 25, 8, 7), 2, 5)).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => CarafeReassembly.Apply(zeros(2, 4, 4, 3), zeros(2, 16, 8, 6), 2, 4));
        Assert.Throws<ArgumentException>(() => CarafeReassembly.Apply(zeros(2, 4, 4, 3), zeros(2, 27, 8, 6), 2, 3, 3));
        Assert.Throws<ArgumentException>(() =>
            CarafeReassembly.Apply(zeros(2, 4, 4, 3), zeros([2, 9, 8, 6], dtype: ScalarType.Float64), 2, 3)
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => CarafeReassembly.Apply(zeros(2, 4, 4, 3), zeros(2, 9, 8, 6), 0, 3));
    }
}
