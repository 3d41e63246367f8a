using System.Text.Json;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Operators;

public sealed class DeformableConvolutionTests
{
    private static JsonElement[] Cases =>
        [.. Fixtures.Open("Operators/Fixtures/deformable_convolution.json").GetProperty("cases").EnumerateArray()];

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public void OutputsAndGradients_AreTorchvisions(int number, bool composed)
    {
        using var scope = NewDisposeScope();
        var expected = Cases[number];
        var inputs = Inputs.Of(expected, ScalarType.Float64);
        var output = inputs.Apply(composed);
        Expect.Digest(expected.GetProperty("output"), output, 1e-12, 1e-11, "output");
        (output * Filling.Fill(expected.Whole("seed") + 5, output.shape, -1, 1)).sum().backward();
        foreach (var (name, tensor) in inputs.Named())
        {
            Expect.Digest(expected.GetProperty($"{name}_gradient"), tensor.grad!, 1e-11, 1e-10, $"gradient of the {name}");
        }
    }

    // Single precision is the kernel's own code path; channels below and above a vector's width.
    [Theory]
    [InlineData(3, 1, 1, 1, true)]
    [InlineData(40, 4, 2, 2, false)]
    [InlineData(72, 1, 4, 1, true)]
    [InlineData(72, 2, 2, 2, true)]
    public void SinglePrecision_IsTheComposedForm(int channels, int groups, int offsetGroups, int stride, bool masked)
    {
        using var scope = NewDisposeScope();
        var (first, second) = (Made(), Made());
        var (kernel, composed) = (first.Apply(composed: false), second.Apply(composed: true));
        Expect.Close(composed, kernel, 1e-4, 1e-4, "output");
        var direction = Filling.Fill(9, kernel.shape, -1, 1, ScalarType.Float32);
        (kernel * direction).sum().backward();
        (composed * direction).sum().backward();
        foreach (var ((name, one), (_, other)) in first.Named().Zip(second.Named()))
        {
            Expect.Close(other.grad!, one.grad!, 1e-3, 1e-3, name);
        }

        Inputs Made()
        {
            var (height, width) = stride == 1 ? (11, 13) : (6, 7);
            return new Inputs(
                Leaf(1, [2, channels, 11, 13], -1, 1),
                Leaf(2, [2, 18 * offsetGroups, height, width], -2, 2),
                masked ? Leaf(3, [2, 9 * offsetGroups, height, width], 0, 1) : null,
                Leaf(4, [8, channels / groups, 3, 3], -0.5, 0.5),
                null,
                stride,
                1,
                1,
                groups,
                offsetGroups
            );
        }

        static Tensor Leaf(int seed, long[] shape, double low, double high) =>
            Filling.Fill(seed, shape, low, high, ScalarType.Float32).requires_grad_();
    }

    [Theory]
    [InlineData(ScalarType.Float32, 1e-4)]
    [InlineData(ScalarType.Float64, 1e-12)]
    public void WithoutShifts_ItIsAConvolution(ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        var (input, weight, bias) = (
            Filling.Fill(1, [2, 6, 9, 7], -1, 1, type),
            Filling.Fill(2, [4, 3, 3, 3], -1, 1, type),
            Filling.Fill(3, [4], -1, 1, type)
        );
        var expected = nn.functional.conv2d(input, weight, bias, strides: [2, 2], padding: [2, 2], dilation: [2, 2], groups: 2);
        var places = expected.shape;
        var result = DeformableConvolution.Apply(
            input,
            zeros([2, 18, places[2], places[3]], dtype: type),
            null,
            weight,
            bias,
            stride: 2,
            padding: 2,
            dilation: 2,
            groups: 2
        );
        Expect.Close(expected, result, tolerance, tolerance, "version 1");
        var halved = DeformableConvolution.Apply(
            input,
            zeros([2, 18, places[2], places[3]], dtype: type),
            full([2, 9, places[2], places[3]], 0.5, dtype: type),
            weight,
            null,
            stride: 2,
            padding: 2,
            dilation: 2,
            groups: 2
        );
        Expect.Close((expected - bias.view(1, 4, 1, 1)) * 0.5, halved, tolerance, tolerance, "version 2");
    }

    // A shift by whole pixels moves the map; what comes in from outside is 0.
    [Fact]
    public void AShiftByAPixel_MovesTheMap()
    {
        using var scope = NewDisposeScope();
        var input = arange(12, dtype: ScalarType.Float64).view(1, 1, 3, 4);
        var offset = cat([ones([1, 1, 3, 4], dtype: ScalarType.Float64), full([1, 1, 3, 4], -1.5, dtype: ScalarType.Float64)], 1);
        var result = DeformableConvolution.Apply(input, offset, null, ones([1, 1, 1, 1], dtype: ScalarType.Float64));

        // Row 1 is 4 5 6 7: half way between the pixels one and two to the left.
        Assert.Equal([0, 2, 4.5, 5.5, 0, 4, 8.5, 9.5, 0, 0, 0, 0], Expect.Values(result));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void GradientsAreThoseOfFiniteDifferences(bool masked)
    {
        using var scope = NewDisposeScope();
        var (input, offset, weight) = (
            Filling.Numbers(1, 2 * 4 * 4 * 5, -1, 1),
            Filling.Numbers(2, 2 * 36 * 2 * 3, -1.4, 1.4),
            Filling.Numbers(4, 4 * 2 * 9, -1, 1)
        );
        var mask = Filling.Numbers(3, 2 * 18 * 2 * 3, 0, 1);
        long[][] shapes =
        [
            [2, 4, 4, 5],
            [2, 36, 2, 3],
            [4, 2, 3, 3],
            [2, 18, 2, 3],
        ];
        var direction = Filling.Fill(5, [2, 4, 2, 3], -1, 1);
        Differences.Check(x => Scalar(x, Of(offset, 1), Of(weight, 2), Of(mask, 3)), input, shapes[0], "input");
        Differences.Check(x => Scalar(Of(input, 0), x, Of(weight, 2), Of(mask, 3)), offset, shapes[1], "offset");
        Differences.Check(x => Scalar(Of(input, 0), Of(offset, 1), x, Of(mask, 3)), weight, shapes[2], "weight");
        if (masked)
        {
            Differences.Check(x => Scalar(Of(input, 0), Of(offset, 1), Of(weight, 2), x), mask, shapes[3], "mask");
        }

        Tensor Of(double[] values, int which) => tensor(values, shapes[which]);
        Tensor Scalar(Tensor x, Tensor o, Tensor w, Tensor m) =>
            (
                DeformableConvolution.Apply(x, o, masked ? m : null, w, null, stride: 2, padding: 1, groups: 2, offsetGroups: 2) * direction
            ).sum();
    }

    [Fact]
    public void APlaceThatIsNoNumber_ShowsInTheOutput_AndOneFarOutsideIsZero()
    {
        using var scope = NewDisposeScope();
        var offset = zeros(1, 2, 1, 3);
        offset[0, 0, 0, 0] = float.NaN;
        offset[0, 1, 0, 1] = 1e30f;
        var values = Expect.Values(DeformableConvolution.Apply(ones(1, 2, 1, 3), offset, null, ones(1, 2, 1, 1)));
        Assert.Equal([double.NaN, 0, 2], values);
    }

    [Fact]
    public void WhatDoesNotFit_IsRefusedByName()
    {
        using var scope = NewDisposeScope();
        var (input, weight) = (ones(1, 4, 5, 5), ones(2, 4, 3, 3));
        Refused("offset", () => DeformableConvolution.Apply(input, zeros(1, 18, 5, 5), null, weight));
        Refused("offset", () => DeformableConvolution.Apply(input, zeros([1, 18, 3, 3], dtype: ScalarType.Float64), null, weight));
        Refused("mask", () => DeformableConvolution.Apply(input, zeros(1, 18, 3, 3), ones(1, 18, 3, 3), weight));
        Refused("weight", () => DeformableConvolution.Apply(input, zeros(1, 18, 3, 3), null, weight, groups: 2));
        Refused("input", () => DeformableConvolution.Apply(input, zeros(1, 54, 3, 3), null, weight, offsetGroups: 3));
        Refused("input", () => DeformableConvolution.Apply(ones(1, 4, 2, 5), zeros(1, 18, 0, 3), null, weight));
        Refused("bias", () => DeformableConvolution.Apply(input, zeros(1, 18, 3, 3), null, weight, ones(3)));

        static void Refused(string what, Action apply) => Assert.Equal(what, Assert.Throws<ArgumentException>(apply).ParamName);
    }

    [Fact]
    public void OnlyResultsStayAlive()
    {
        using var all = NewDisposeScope();
        foreach (var type in new[] { ScalarType.Float32, ScalarType.BFloat16 })
        {
            var inputs = new Inputs(
                ones([1, 4, 5, 5], dtype: type).requires_grad_(),
                zeros([1, 18, 5, 5], dtype: type).requires_grad_(),
                ones([1, 9, 5, 5], dtype: type).requires_grad_(),
                ones([2, 2, 3, 3], dtype: type).requires_grad_(),
                ones([2], dtype: type).requires_grad_(),
                1,
                1,
                1,
                2,
                1
            );
            LiveTensors.OnlyResultsStay($"{type}", () => [inputs.Apply(composed: false)]);
            LiveTensors.NothingStays($"{type}, backward", () => inputs.Apply(composed: false).sum().backward());
        }
    }

    [Fact]
    public void TheSameComesOutTwice()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(Gradients(), Gradients());

        static double[] Gradients()
        {
            using var inner = NewDisposeScope();
            var inputs = new Inputs(
                Filling.Fill(1, [2, 64, 20, 20], -1, 1, ScalarType.Float32).requires_grad_(),
                Filling.Fill(2, [2, 18, 20, 20], -3, 3, ScalarType.Float32).requires_grad_(),
                null,
                Filling.Fill(3, [32, 64, 3, 3], -1, 1, ScalarType.Float32).requires_grad_(),
                null,
                1,
                1,
                1,
                1,
                1
            );
            inputs.Apply(composed: false).square().sum().backward();
            return [.. inputs.Named().SelectMany(item => Expect.Values(item.Tensor.grad!))];
        }
    }

    private sealed record Inputs(
        Tensor Input,
        Tensor Offset,
        Tensor? Mask,
        Tensor Weight,
        Tensor? Bias,
        int Stride,
        int Padding,
        int Dilation,
        int Groups,
        int OffsetGroups
    )
    {
        public static Inputs Of(JsonElement given, ScalarType type)
        {
            var (seed, kernel, sets) = (given.Whole("seed"), given.Shape("kernel"), given.Whole("offset_groups"));
            var places = given.GetProperty("output").Shape("shape");
            return new Inputs(
                Leaf(0, -1, 1, given.Whole("N"), given.Whole("C"), given.Whole("H"), given.Whole("W")),
                Leaf(1, -3, 3, given.Whole("N"), 2 * sets * kernel[0] * kernel[1], places[2], places[3]),
                given.Truth("mask") ? Leaf(2, 0, 1, given.Whole("N"), sets * kernel[0] * kernel[1], places[2], places[3]) : null,
                Leaf(3, -0.5, 0.5, given.Whole("O"), given.Whole("C") / given.Whole("groups"), kernel[0], kernel[1]),
                given.Truth("bias") ? Leaf(4, -1, 1, given.Whole("O")) : null,
                given.Whole("stride"),
                given.Whole("padding"),
                given.Whole("dilation"),
                given.Whole("groups"),
                sets
            );

            Tensor Leaf(int number, double low, double high, params long[] shape) =>
                Filling.Fill(seed + number, shape, low, high, type).requires_grad_();
        }

        public Tensor Apply(bool composed)
        {
            if (!composed)
            {
                return DeformableConvolution.Apply(Input, Offset, Mask, Weight, Bias, Stride, Padding, Dilation, Groups, OffsetGroups);
            }

            var geometry = DeformableGeometry.Of(Input, Offset, Mask, Weight, Bias, Stride, Padding, Dilation, Groups, OffsetGroups);
            var output = ComposedDeformableConvolution.Apply(
                geometry,
                MemoryOrder.ChannelsLast(Input),
                MemoryOrder.ChannelsLast(Offset),
                Mask is null ? null : MemoryOrder.ChannelsLast(Mask),
                Weight
            );
            return Bias is null ? output : output + Bias.view(1, -1, 1, 1);
        }

        public IEnumerable<(string Name, Tensor Tensor)> Named() =>
            new (string Name, Tensor? Tensor)[] { ("input", Input), ("offset", Offset), ("mask", Mask), ("weight", Weight), ("bias", Bias) }
                .Where(item => item.Tensor is not null)
                .Select(item => (item.Name, item.Tensor!));
    }
}
