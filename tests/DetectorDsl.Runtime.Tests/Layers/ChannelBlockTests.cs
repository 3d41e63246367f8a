using DetectorDsl.Torch.Layers;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Layers;

/// <summary>Convolutions of any number of channels, against double precision, over memory that is full of NaN.</summary>
[Collection(Hosting.Training.TorchGeneratorCollection.Name)]
public class ChannelBlockTests
{
    [Theory]
    [InlineData(8, 8, 3, 1)]
    [InlineData(16, 24, 3, 1)]
    [InlineData(20, 16, 3, 1)]
    [InlineData(60, 12, 3, 2)]
    [InlineData(48, 32, 3, 2)]
    [InlineData(32, 32, 3, 1)]
    [InlineData(32, 64, 3, 2)]
    public void AConvolution_IsThatOfDoublePrecision(int inChannels, int outChannels, int kernel, int stride) =>
        AssertExact(
            () => Initialize.KaimingConvolution(inChannels, outChannels, kernel, stride),
            layer => layer.weight!,
            inChannels,
            (x, weight) => nn.functional.conv2d(x, weight, strides: [stride, stride], padding: [kernel / 2, kernel / 2])
        );

    // ResNeXt's: 32 groups of 4 to 32 channels, 64 groups of 4 and 8.
    [Theory]
    [InlineData(128, 32, 1)]
    [InlineData(256, 32, 2)]
    [InlineData(512, 32, 1)]
    [InlineData(256, 64, 1)]
    [InlineData(512, 64, 2)]
    [InlineData(48, 4, 1)]
    public void AConvolutionInGroups_IsThatOfDoublePrecision(int channels, int groups, int stride) =>
        AssertExact(
            () => Initialize.KaimingConvolution(channels, channels, 3, stride, groups: groups),
            layer => layer.weight!,
            channels,
            (x, weight) => nn.functional.conv2d(x, weight, strides: [stride, stride], padding: [1, 1], groups: groups)
        );

    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    public void AStemOnImages_IsThatOfDoublePrecision(int outChannels) =>
        AssertExact(
            () => Initialize.KaimingConvolution(3, outChannels, 7, 2),
            layer => layer.weight!,
            3,
            (x, weight) => nn.functional.conv2d(x, weight, strides: [2, 2], padding: [3, 3])
        );

    [Theory]
    [InlineData(8, 8)]
    [InlineData(16, 48)]
    [InlineData(32, 32)]
    public void AnUpsampling_IsThatOfDoublePrecision(int inChannels, int outChannels) =>
        AssertExact(
            () => Initialize.KaimingUpsampling(inChannels, outChannels),
            layer => layer.weight!,
            inChannels,
            (x, weight) => nn.functional.conv_transpose2d(x, weight, strides: [2, 2])
        );

    [Theory]
    [InlineData(3, 64, 7, 2)]
    [InlineData(64, 64, 3, 1)]
    [InlineData(64, 128, 3, 2)]
    [InlineData(512, 512, 3, 2)]
    [InlineData(256, 256, 3, 1)]
    [InlineData(256, 3, 1, 1)]
    [InlineData(256, 256, 2, 2)]
    public void PublishedNetworks_KeepOneDnn(int inChannels, int outChannels, int kernel, int stride) =>
        Assert.True(ChannelBlocks.AreFull(inChannels, outChannels, kernel, stride));

    private static void AssertExact<TLayer>(
        Func<TLayer> make,
        Func<TLayer, Tensor> weightOf,
        int channels,
        Func<Tensor, Tensor, Tensor> exact
    )
        where TLayer : nn.Module<Tensor, Tensor>
    {
        using var scope = NewDisposeScope();
        using var layer = make();
        var input = randn(2, channels, 14, 14);
        var (x, weight) = (input.to(ScalarType.Float64).requires_grad_(), weightOf(layer).detach().to(ScalarType.Float64).requires_grad_());
        var expected = exact(x, weight);
        var direction = randn(expected.shape);
        (expected * direction).sum().backward();
        for (var round = 0; round < 5; round++)
        {
            Spoil();
            layer.zero_grad();
            var leaf = (round % 2 == 0 ? input.clone() : input.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2)).requires_grad_();
            var output = layer.call(leaf);
            (output * direction).sum().backward();
            AssertNear(expected, output);
            AssertNear(x.grad!, leaf.grad!);
            AssertNear(weight.grad!, weightOf(layer).grad!);
        }
    }

    // Freed at once, and so what the next operation is given to work in.
    private static void Spoil()
    {
        using var scope = NewDisposeScope();
        for (var size = 256; size < 1_000_000; size *= 2)
        {
            _ = full([size], float.NaN);
            _ = full([size], float.NaN);
        }
    }

    private static void AssertNear(Tensor expected, Tensor actual)
    {
        using var scope = NewDisposeScope();
        var error = ((actual.detach().to(ScalarType.Float64) - expected.detach()).abs().max() / expected.detach().abs().max()).ToDouble();
        Assert.True(error < 1e-5, $"off by {error} of the largest value");
    }
}
