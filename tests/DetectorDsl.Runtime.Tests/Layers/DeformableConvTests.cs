using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Layers;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Layers;

public sealed class DeformableConvTests
{
    private static readonly NormFactory Batch = NormFactory.Batch(BatchNormMode.Train);

    [Theory]
    [InlineData(false, 1, 18)]
    [InlineData(true, 1, 27)]
    [InlineData(true, 4, 108)]
    public void NamesAndShapes_AreMmdetections(bool modulated, int groups, int outputs)
    {
        using var block = new Bottleneck(32, 16, 2, Batch, deformable: new DeformableSampling(groups, modulated));
        var shapes = block.state_dict();
        Assert.Equal([16, 16, 3, 3], shapes["conv2.weight"].shape);
        Assert.Equal([outputs, 16, 3, 3], shapes["conv2.conv_offset.weight"].shape);
        Assert.Equal([outputs], shapes["conv2.conv_offset.bias"].shape);
        Assert.Equal(
            ["conv2.conv_offset.bias", "conv2.conv_offset.weight", "conv2.weight"],
            shapes.Keys.Where(name => name.StartsWith("conv2.", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            0,
            shapes["conv2.conv_offset.weight"].abs().sum().ToDouble() + shapes["conv2.conv_offset.bias"].abs().sum().ToDouble()
        );
    }

    // At first nothing is shifted, and a factor is the sigmoid of 0.
    [Theory]
    [InlineData(false, 1.0)]
    [InlineData(true, 0.5)]
    public void AtFirst_ItIsAConvolution(bool modulated, double factor)
    {
        using var scope = NewDisposeScope();
        using var layer = new DeformableConv2d(8, 6, stride: 2, groups: 2, new DeformableSampling(Groups: 2, modulated));
        var input = Filling.Fill(1, [2, 8, 9, 7], -1, 1, ScalarType.Float32);
        Expect.Close(
            nn.functional.conv2d(input, layer.state_dict()["weight"], strides: [2, 2], padding: [1, 1], groups: 2) * factor,
            layer.call(input),
            1e-5,
            1e-5,
            "output"
        );
    }

    [Fact]
    public void ShiftsComeFirst_ThenTheFactorsLogits()
    {
        using var scope = NewDisposeScope();
        using var layer = new DeformableConv2d(4, 6, stride: 1, groups: 1, new DeformableSampling(Groups: 2));
        layer.to(ScalarType.Float64);
        var numbers = Filling.Numbers(2, 54, -1.5, 1.5);
        using (no_grad())
        {
            layer.state_dict()["conv_offset.bias"].copy_(tensor(numbers));
        }

        var input = Filling.Fill(1, [1, 4, 5, 6], -1, 1);
        var places = tensor(numbers).view(1, 54, 1, 1).expand(1, 54, 5, 6);
        var expected = DeformableConvolution.Apply(
            input,
            places.narrow(1, 0, 36),
            places.narrow(1, 36, 18).sigmoid(),
            layer.state_dict()["weight"],
            padding: 1,
            offsetGroups: 2
        );
        Expect.Close(expected, layer.call(input), 1e-12, 1e-12, "output");
        layer.call(input).sum().backward();
        Assert.All(layer.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void ABlockInGroups_IsWiderThanItsOutputSays()
    {
        using var scope = NewDisposeScope();
        using var block = new Bottleneck(64, 32, 1, Batch, outChannels: 64, groups: 8);
        Assert.Equal([32, 4, 3, 3], block.state_dict()["conv2.weight"].shape);
        Assert.False(block.state_dict().ContainsKey("downsample.0.weight"));
        Assert.Equal([1, 64, 6, 6], block.call(ones(1, 64, 6, 6)).shape);
    }
}
