using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Layers;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Layers;

public sealed class ResidualBlockTests
{
    private static readonly NormFactory Batch = NormFactory.Batch(BatchNormMode.Train);

    [Theory]
    [InlineData(16, 16, 1, 64, 10)]
    [InlineData(64, 16, 1, 64, 10)]
    [InlineData(64, 32, 2, 128, 5)]
    public void BottleneckShapes(int inChannels, int width, int stride, int outChannels, int side)
    {
        using var scope = NewDisposeScope();
        using var block = new Bottleneck(inChannels, width, stride, Batch);
        Assert.Equal([2, outChannels, side, side], block.call(ones(2, inChannels, 10, 10)).shape);
        Assert.Equal(outChannels, width * Bottleneck.Expansion);
        Assert.Equal(stride != 1 || inChannels != outChannels, block.state_dict().ContainsKey("downsample.0.weight"));
    }

    [Theory]
    [InlineData(8, 8, 1, 10)]
    [InlineData(8, 16, 2, 5)]
    public void BasicBlockShapes(int inChannels, int outChannels, int stride, int side)
    {
        using var scope = NewDisposeScope();
        using var block = new BasicBlock(inChannels, outChannels, stride, Batch);
        Assert.Equal([2, outChannels, side, side], block.call(ones(2, inChannels, 10, 10)).shape);
        Assert.Equal(stride != 1, block.state_dict().ContainsKey("downsample.0.weight"));
    }

    // As torchvision names them.
    [Fact]
    public void NamesAndShapesOfTheStateDict()
    {
        using var block = new Bottleneck(8, 4, 2, Batch);
        string[] norm = ["weight", "bias", "running_mean", "running_var", "num_batches_tracked"];
        string[] expected =
        [
            "conv1.weight",
            .. norm.Select(name => $"bn1.{name}"),
            "conv2.weight",
            .. norm.Select(name => $"bn2.{name}"),
            "conv3.weight",
            .. norm.Select(name => $"bn3.{name}"),
            "downsample.0.weight",
            .. norm.Select(name => $"downsample.1.{name}"),
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), block.state_dict().Keys.Order(StringComparer.Ordinal));
        var shapes = block.state_dict();
        Assert.Equal([4, 8, 1, 1], shapes["conv1.weight"].shape);
        Assert.Equal([4, 4, 3, 3], shapes["conv2.weight"].shape);
        Assert.Equal([16, 4, 1, 1], shapes["conv3.weight"].shape);
        Assert.Equal([16, 8, 1, 1], shapes["downsample.0.weight"].shape);
        Assert.Equal([16], shapes["bn3.weight"].shape);
        using var groups = new BasicBlock(8, 8, 1, NormFactory.Group(2));
        Assert.Equal(
            ["conv1.weight", "conv2.weight", "gn1.bias", "gn1.weight", "gn2.bias", "gn2.weight"],
            groups.state_dict().Keys.Order(StringComparer.Ordinal)
        );
        Assert.Equal(6, groups.parameters().Count());
    }

    [Fact]
    public void BlockThatAddsNothing_IsReluOfItsInput()
    {
        using var scope = NewDisposeScope();
        using var bottleneck = new Bottleneck(16, 4, 1, Batch);
        using var basic = new BasicBlock(16, 16, 1, Batch);
        using (no_grad())
        {
            bottleneck.state_dict()["bn3.weight"].zero_();
            basic.state_dict()["bn2.weight"].zero_();
        }

        var input = Filling.Fill(1, [2, 16, 4, 4], -1, 1, ScalarType.Float32);
        var kept = input.clone();
        Expect.Close(input.relu(), bottleneck.call(input), 0, 0, "bottleneck");
        Expect.Close(input.relu(), basic.call(input), 0, 0, "basic block");

        // What works in place works on the block's own tensors.
        Expect.Close(kept, input, 0, 0, "input");
    }

    [Fact]
    public void BlocksAreWhatTheirPartsGive()
    {
        using var scope = NewDisposeScope();
        using var bottleneck = new Bottleneck(6, 3, 2, Batch);
        using var basic = new BasicBlock(6, 4, 2, Batch);
        foreach (var block in new nn.Module[] { bottleneck, basic })
        {
            block.to(ScalarType.Float64);
            Fill(block);
            block.eval();
        }

        var input = Filling.Fill(3, [2, 6, 7, 5], -1, 1);
        var w = bottleneck.state_dict();
        var x = Conv(w, "3", Conv(w, "2", Conv(w, "1", input, 1, 0).relu(), 2, 1).relu(), 1, 0) + Shortcut(w, input);
        Expect.Close(x.relu(), bottleneck.call(input), 1e-12, 1e-12, "bottleneck");
        w = basic.state_dict();
        x = Conv(w, "2", Conv(w, "1", input, 2, 1).relu(), 1, 1) + Shortcut(w, input);
        Expect.Close(x.relu(), basic.call(input), 1e-12, 1e-12, "basic block");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void GradientIsThatOfFiniteDifferences(bool groups)
    {
        var norm = groups ? NormFactory.Group(2) : Batch;
        using var basic = new BasicBlock(2, 4, 2, norm);
        using var bottleneck = new Bottleneck(4, 2, 1, norm);
        using var last = new Bottleneck(8, 2, 1, norm);
        foreach (var block in new nn.Module[] { basic, bottleneck, last })
        {
            block.to(ScalarType.Float64);
            Fill(block);
        }

        using var weights = Filling.Fill(40, [2, 8, 3, 3], -1, 1);
        Differences.Check(
            input => (last.call(bottleneck.call(basic.call(input))) * weights).sum(),
            Filling.Numbers(2, 2 * 2 * 6 * 6, -1, 1),
            [2, 2, 6, 6],
            "blocks"
        );
    }

    [Fact]
    public void BlockKeepsItsParametersThroughAChangeOfPrecision()
    {
        using var scope = NewDisposeScope();
        using var block = new Bottleneck(8, 4, 2, Batch);
        block.to(ScalarType.Float64);
        var output = block.call(Filling.Fill(1, [1, 8, 6, 6], -1, 1));
        output.sum().backward();
        Assert.All(block.parameters(), parameter => Assert.NotNull(parameter.grad));
        Assert.Equal(ScalarType.Float64, output.dtype);
    }

    [Fact]
    public void ConvolutionBlockIsAConvolution_WithOrWithoutRelu()
    {
        using var scope = NewDisposeScope();
        var conv = Initialize.XavierConvolution(3, 5, 3);
        using var plain = new ConvolutionBlock(conv, activate: false);
        using var active = new ConvolutionBlock(conv, activate: true);
        var input = Filling.Fill(1, [2, 3, 4, 4], -1, 1, ScalarType.Float32);
        Expect.Close(conv.call(input), plain.call(input), 0, 0, "plain");
        Expect.Close(conv.call(input).relu(), active.call(input), 0, 0, "active");
        Assert.Equal(["conv.bias", "conv.weight"], plain.state_dict().Keys.Order(StringComparer.Ordinal));
    }

    // Running statistics are still 0 and 1.
    private static Tensor Conv(Dictionary<string, Tensor> weights, string number, Tensor input, int stride, int padding) =>
        Scaled(
            nn.functional.conv2d(input, weights[$"conv{number}.weight"], strides: [stride, stride], padding: [padding, padding]),
            weights[$"bn{number}.weight"],
            weights[$"bn{number}.bias"]
        );

    private static Tensor Shortcut(Dictionary<string, Tensor> weights, Tensor input) =>
        Scaled(
            nn.functional.conv2d(input, weights["downsample.0.weight"], strides: [2, 2]),
            weights["downsample.1.weight"],
            weights["downsample.1.bias"]
        );

    private static Tensor Scaled(Tensor values, Tensor scale, Tensor shift) =>
        (values / Math.Sqrt(1 + 1e-5) * scale.view(1, -1, 1, 1)) + shift.view(1, -1, 1, 1);

    // Fixed values: first values are random, and a kink of ReLU near a point spoils its differences.
    private static void Fill(nn.Module module)
    {
        using var untracked = no_grad();
        var seed = 50;
        foreach (var parameter in module.parameters())
        {
            using var values = Filling.Fill(seed++, parameter.shape, -0.5, 0.8);
            parameter.copy_(values);
        }
    }
}
