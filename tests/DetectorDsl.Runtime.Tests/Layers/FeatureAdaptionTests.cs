using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Layers;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Layers;

public sealed class FeatureAdaptionTests
{
    [Fact]
    public void NamesAndShapes_AreMmdetections()
    {
        using var layer = new FeatureAdaption(8, 6, offsetGroups: 4);
        var shapes = layer.state_dict();
        Assert.Equal(["conv_adaption.weight", "conv_offset.weight"], shapes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([6, 8, 3, 3], shapes["conv_adaption.weight"].shape);
        Assert.Equal([72, 2, 1, 1], shapes["conv_offset.weight"].shape);
    }

    [Fact]
    public void ShiftsFollowFromTheShapes_WhichGetNoGradient()
    {
        using var scope = NewDisposeScope();
        using var layer = new FeatureAdaption(8, 6, offsetGroups: 4);
        layer.to(ScalarType.Float64);
        var (input, shapes) = (
            Filling.Fill(1, [1, 8, 5, 6], -1, 1).requires_grad_(),
            Filling.Fill(2, [1, 2, 5, 6], -2, 2).requires_grad_()
        );
        var weights = layer.state_dict();
        var offset = nn.functional.conv2d(shapes, weights["conv_offset.weight"]);
        var expected = DeformableConvolution
            .Apply(input, offset, null, weights["conv_adaption.weight"], padding: 1, offsetGroups: 4)
            .relu();
        var result = layer.call(input, shapes);
        Expect.Close(expected, result, 1e-12, 1e-12, "output");
        result.sum().backward();
        Assert.Null(shapes.grad);
        Assert.NotNull(input.grad);
        Assert.All(layer.parameters(), parameter => Assert.NotEqual(0, parameter.grad!.abs().sum().ToDouble()));
    }

    [Fact]
    public void OnlyResultsStayAlive()
    {
        using var layer = new FeatureAdaption(8, 6, offsetGroups: 2);
        using var input = ones([1, 8, 5, 6]).requires_grad_();
        using var shapes = ones(1, 2, 5, 6);
        LiveTensors.OnlyResultsStay("layer", () => [layer.call(input, shapes)]);
        LiveTensors.NothingStays("layer", () => layer.call(input, shapes).sum().backward());
        LiveTensors.OnlyResultsStay("making it", () => new FeatureAdaption(8, 6, offsetGroups: 2).state_dict().Values);
    }
}
