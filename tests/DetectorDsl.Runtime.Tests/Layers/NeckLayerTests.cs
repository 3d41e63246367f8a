using System.Text.Json;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Layers;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Layers;

public sealed class NeckLayerTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void CarafeIsThePublishedOne(int index)
    {
        var expected = Fixtures.OfNeck("pack")[index];
        var settings = expected.GetProperty("settings");
        using var layer = new CarafeUpsampling(
            8,
            kernel: Setting("up_kernel", 5),
            groups: Setting("up_group", 1),
            encoderKernel: Setting("encoder_kernel", 3),
            encoderDilation: Setting("encoder_dilation", 1),
            compressedChannels: Setting("compressed_channels", 64)
        );
        CheckOne(expected, layer, 0.5, [2, 8, 4, 3], "CARAFE");

        int Setting(string name, int otherwise) => settings.TryGetProperty(name, out var value) ? value.GetInt32() : otherwise;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void NonLocalBlockIsThePublishedOne(int index)
    {
        var expected = Fixtures.OfNeck("non_local")[index];
        using var layer = new NonLocalBlock(6, expected.GetProperty("reduction").GetInt32(), expected.GetProperty("scaled").GetBoolean());
        CheckOne(expected, layer, 0.8, [2, 6, 4, 5], "non-local");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void BalancedPyramidIsThePublishedOne(int index)
    {
        var expected = Fixtures.OfNeck("balanced_pyramid")[index];
        nn.Module<Tensor, Tensor>? refinement = expected.GetProperty("refinement").GetString() switch
        {
            "conv" => new ConvolutionBlock(Initialize.XavierConvolution(6, 6, kernel: 3), activate: true),
            "non_local" => new NonLocalBlock(6),
            _ => null,
        };
        using var pyramid = new BalancedPyramid(expected.GetProperty("level").GetInt32(), refinement);
        long[][] sizes =
        [
            [13, 16],
            [7, 8],
            [4, 4],
            [2, 2],
        ];
        var seed = expected.GetProperty("seed").GetInt64();
        using var scope = NewDisposeScope();
        Tensor[] levels = [.. sizes.Select((size, level) => Filling.Fill(seed + 100 + level, [2, 6, .. size], -1, 1))];
        PublishedModule.Check(expected, pyramid, 0.5, levels, pyramid.call, $"balanced pyramid {index}");
    }

    [Fact]
    public void FirstValues()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        using var layer = new CarafeUpsampling(256);

        // Glorot: sqrt(6 / (256 + 64)) is the bound, a third of its square the variance. The encoder's std is 0.001.
        var compressor = layer.get_parameter("channel_compressor.weight")!;
        var bound = Math.Sqrt(6.0 / 320);
        Assert.Equal([64, 256, 1, 1], compressor.shape);
        Assert.InRange(compressor.abs().max().item<float>(), 0.99 * bound, bound);
        Expect.Close(bound / Math.Sqrt(3), compressor.std().item<float>(), 0, 0.02, "deviation of the compressor");
        var encoder = layer.get_parameter("content_encoder.weight")!;
        Assert.Equal([100, 64, 3, 3], encoder.shape);
        Expect.Close(0.001, encoder.std().item<float>(), 0, 0.02, "deviation of the encoder");
        Assert.Equal(0, layer.get_parameter("channel_compressor.bias")!.abs().sum().item<float>());
        Assert.Equal(0, layer.get_parameter("content_encoder.bias")!.abs().sum().item<float>());

        // Nearly uniform kernels: inside the map a cell is nearly the mean of 25.
        var map = Filling.Fill(1, [1, 256, 7, 7], 0, 1, ScalarType.Float32);
        var mean = nn.functional.avg_pool2d(map, 5, stride: 1).narrow(2, 1, 1).narrow(3, 1, 1);
        Expect.Close(Expect.Values(mean), Expect.Values(layer.call(map).narrow(2, 6, 1).narrow(3, 6, 1)), 0.01, 0, "a mean");
    }

    [Fact]
    public void AnUpsampledMap_IsCutToTheFinerOne()
    {
        using var scope = NewDisposeScope();
        var map = arange(24, dtype: ScalarType.Float32).view(1, 1, 4, 6);
        Expect.Close(
            [0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16],
            Expect.Values(UpsampledMap.CutTo(map, zeros(1, 1, 3, 5))),
            0,
            0,
            "cut"
        );
        var error = Assert.Throws<ArgumentException>(() => UpsampledMap.CutTo(map, zeros(1, 1, 5, 6)));
        Assert.Contains("4 x 6", error.Message, StringComparison.Ordinal);
        Assert.Contains("PadTo", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NecksLeaveTheirResultsOnly()
    {
        using var carafe = new CarafeUpsampling(16);
        using var chain = new NeckChain(new BalancedPyramid(1, new NonLocalBlock(16)), new BalancedPyramid(0, null));
        using var fine = Filling.Fill(1, [1, 16, 8, 8], -1, 1, ScalarType.Float32).requires_grad_();
        using var coarse = Filling.Fill(2, [1, 16, 4, 4], -1, 1, ScalarType.Float32).requires_grad_();
        LiveTensors.OnlyResultsStay("CARAFE", () => [carafe.call(fine)]);
        LiveTensors.OnlyResultsStay("pyramids", () => chain.call([fine, coarse]));
        LiveTensors.OnlyResultsStay("cutting", () => [UpsampledMap.CutTo(fine, coarse)]);
        foreach (var parameter in carafe.parameters().Concat(chain.parameters()))
        {
            parameter.grad = zeros_like(parameter);
        }

        fine.grad = zeros_like(fine);
        coarse.grad = zeros_like(coarse);
        LiveTensors.NothingStays("gradient of CARAFE", () => carafe.call(fine).sum().backward());
        LiveTensors.NothingStays("gradient of pyramids", () => chain.call([fine, coarse])[1].sum().backward());
        Assert.Equal(
            ["0.refine.conv_out.conv", "0.refine.g.conv", "0.refine.phi.conv", "0.refine.theta.conv"],
            chain.state_dict().Keys.Select(key => key[..key.LastIndexOf('.')]).Distinct().Order(StringComparer.Ordinal)
        );
    }

    private static void CheckOne(JsonElement expected, nn.Module<Tensor, Tensor> layer, double bound, long[] shape, string what)
    {
        using var input = Filling.Fill(expected.GetProperty("seed").GetInt64() + 90, shape, -1, 1);
        PublishedModule.Check(expected, layer, bound, [input], maps => [layer.call(maps[0])], what);
    }
}
