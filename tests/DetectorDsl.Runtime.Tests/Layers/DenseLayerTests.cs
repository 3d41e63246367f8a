using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Layers;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Layers;

public sealed class DenseLayerTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(9)]
    [InlineData(1)]
    public void APaddedConvolution_IsThePlainOne(int outputs)
    {
        using var scope = NewDisposeScope();
        using var layer = new PredictionConvolution(8, outputs, std: 0.5, prior: 0.01);
        layer.to(ScalarType.Float64);
        var (weight, bias) = (layer.get_parameter("weight"), layer.get_parameter("bias"));
        Assert.Equal([outputs, 8, 3, 3], weight!.shape);
        Expect.Close([.. Enumerable.Repeat(-Math.Log(99), outputs)], Expect.Values(bias!), 1e-6, 0, "bias");
        var input = randn([2, 8, 5, 7], dtype: ScalarType.Float64).requires_grad_();
        var plain = nn.functional.conv2d(input, weight, bias, padding: [1, 1]);
        var expected = new[] { input, weight, bias! }.Zip(autograd.grad([plain.sin().sum()], [input, weight, bias!])).ToList();
        var result = layer.call(input);
        Expect.Close(plain, result, 1e-12, 1e-12, "output");
        foreach (
            var (gradient, actual) in expected.Select(item => item.Second).Zip(autograd.grad([result.sin().sum()], [input, weight, bias!]))
        )
        {
            Expect.Close(gradient, actual, 1e-12, 1e-12, "gradient");
        }
    }

    [Fact]
    public void NormalisationStandsBetweenConvolutionAndRelu()
    {
        using var scope = NewDisposeScope();
        using var block = new ConvolutionBlock(
            Initialize.NormalConvolution(16, 16, kernel: 3, std: 0.1, bias: false),
            activate: true,
            NormFactory.Group(groups: 4)
        );
        Assert.Equal(["conv.weight", "gn.bias", "gn.weight"], block.state_dict().Keys.Order(StringComparer.Ordinal));
        var input = randn(1, 16, 4, 4);
        var normal = nn.functional.group_norm(nn.functional.conv2d(input, block.get_parameter("conv.weight")!, padding: [1, 1]), 4);
        Expect.Close(normal.relu(), block.call(input), 1e-5, 1e-5, "output");
    }

    [Fact]
    public void AFactorPerLevel()
    {
        using var scope = NewDisposeScope();
        using var scales = LearnedScale.List(2);
        Assert.Equal(2, scales.Count);
        Assert.Equal(["scale"], scales[1].state_dict().Keys);
        var result = scales[1].call(full([2], 3.0));
        result.sum().backward();
        Assert.Equal([3, 3], Expect.Values(result));
        Assert.Equal([6], Expect.Values(scales[1].get_parameter("scale")!.grad!));
    }
}
