using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Layers;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Layers;

public sealed class CosineLayerTests
{
    [Fact]
    public void CosinesByHand()
    {
        using var scope = NewDisposeScope();
        using var layer = new NormalizedLinear(2, 2, temperature: 20);
        Set(layer, [0, 2, 5, 0], [0.5f, -1], [2, 2]);

        // (3, 4) has length 5: cosines 4/5 and 3/5, times 20, plus the bias. A row of zeros gives the bias.
        var output = layer.call(tensor(new float[] { 3, 4, 0, 0 }, [2, 2]));
        Expect.Close([16.5, 11, 0.5, -1], Expect.Values(output), 1e-4, 0, "output");
    }

    [Fact]
    public void CosinesOfPixelsByHand()
    {
        using var scope = NewDisposeScope();
        using var layer = new NormalizedConv2d(2, 1, temperature: 10);
        Set(layer, [0, 7], [1], [1, 2, 1, 1]);
        var output = layer.call(tensor(new float[] { 3, 0, 4, 0 }, [1, 2, 1, 2]));
        Expect.Close([9, 1], Expect.Values(output), 1e-4, 0, "output");
    }

    [Theory]
    [InlineData(false, 7)]
    [InlineData(true, 3)]
    public void LengthOfAFilterIsPerPlace_OrOverItsKernel(bool overKernel, double expected)
    {
        using var scope = NewDisposeScope();
        using var layer = new NormalizedConv2d(1, 1, 3, temperature: 6, normOverKernel: overKernel);
        Set(layer, [2, 2, 2, 2, 2, 2, 2, 2, 2], [1], [1, 1, 3, 3]);

        // One pixel meets the middle of the kernel: 2 / 2 per place, 2 / sqrt(9 * 4) over the kernel; times 6, plus 1.
        Expect.Close([expected], Expect.Values(layer.call(full([1, 1, 1, 1], 5f))), 1e-4, 0, "output");
    }

    [Theory]
    [InlineData(1, false, 6)]
    [InlineData(3, false, 6)]
    [InlineData(3, true, 6)]
    public void ConvolutionKeepsTheSize(int kernel, bool overKernel, int side)
    {
        using var scope = NewDisposeScope();
        using var layer = new NormalizedConv2d(4, 3, kernel, normOverKernel: overKernel);
        Assert.Equal([2, 3, side, side], layer.call(ones(2, 4, 6, 6)).shape);
    }

    [Fact]
    public void ZeroFeaturesHaveFiniteGradients()
    {
        using var scope = NewDisposeScope();
        using var layer = new NormalizedLinear(3, 2);
        var input = zeros(2, 3).requires_grad_();
        layer.call(input).sum().backward();
        Assert.True(input.grad!.isfinite().all().item<bool>());
        Assert.All(layer.parameters(), parameter => Assert.True(parameter.grad!.isfinite().all().item<bool>()));
    }

    [Fact]
    public void NamesAreThoseOfPlainLayers()
    {
        using var linear = new NormalizedLinear(3, 2);
        using var conv = new NormalizedConv2d(3, 2);
        Assert.Equal(["bias", "weight"], linear.state_dict().Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["bias", "weight"], conv.state_dict().Keys.Order(StringComparer.Ordinal));
        Assert.Equal([2, 3], linear.state_dict()["weight"].shape);
        Assert.Equal([2, 3, 1, 1], conv.state_dict()["weight"].shape);
        Assert.Equal(4, linear.parameters().Concat(conv.parameters()).Count(parameter => parameter.requires_grad));
    }

    [Fact]
    public void FirstValuesHaveTheirStd()
    {
        // Std of a sample of n numbers: within 4 / sqrt(2 n) of the true one.
        using var scope = NewDisposeScope();
        Std(0.01, new NormalizedLinear(200, 100).state_dict()["weight"]);
        Std(Math.Sqrt(2.0 / (100 * 9)), new NormalizedConv2d(50, 100, 3).state_dict()["weight"]);
        Std(Math.Sqrt(2.0 / (100 * 9)), Initialize.KaimingConvolution(50, 100, 3).weight!);
        Std(Math.Sqrt(2.0 / ((50 + 100) * 9)), Initialize.XavierConvolution(50, 100, 3).weight!);
        Std(0.02, Initialize.NormalConvolution(50, 100, 3, 0.02).weight!);
        Std(Math.Sqrt(2.0 / 300), Initialize.XavierLinear(200, 100).weight!);
        Std(0.03, Initialize.NormalLinear(200, 100, 0.03).weight!);

        var upsampling = Initialize.KaimingUpsampling(50, 100);
        Assert.Equal([1, 100, 8, 8], upsampling.call(ones(1, 50, 4, 4)).shape);
        Assert.All(
            new[]
            {
                upsampling.bias!,
                Initialize.XavierLinear(2, 3).bias!,
                Initialize.NormalConvolution(2, 3, 3, 1).bias!,
                Initialize.KaimingConvolution(2, 3, 3, bias: true).bias!,
            },
            bias => Assert.Equal(0, bias.abs().sum().item<float>())
        );
        Assert.Null(Initialize.KaimingConvolution(2, 3, 3).bias);
    }

    private static void Std(double expected, Tensor weights)
    {
        var values = Expect.Values(weights);
        var mean = values.Average();
        var std = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        Assert.InRange(std, expected * (1 - (4 / Math.Sqrt(2.0 * values.Length))), expected * (1 + (4 / Math.Sqrt(2.0 * values.Length))));
    }

    private static void Set(nn.Module layer, float[] weight, float[] bias, long[] shape)
    {
        using var untracked = no_grad();
        layer.state_dict()["weight"].copy_(tensor(weight, shape));
        layer.state_dict()["bias"].copy_(tensor(bias));
    }
}
