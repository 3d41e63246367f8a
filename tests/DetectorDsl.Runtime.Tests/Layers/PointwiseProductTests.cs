using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Convolutions;
using DetectorDsl.Torch.Layers;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Layers;

/// <summary>Pointwise convolutions as products of matrices, against the library's convolutions in double precision.</summary>
public sealed class PointwiseProductTests
{
    public static TheoryData<int, int, bool, bool> Cases
    {
        get
        {
            var cases = new TheoryData<int, int, bool, bool>();
            foreach (var images in (int[])[0, 1, 3])
            {
                foreach (var stride in (int[])[1, 2, 3])
                {
                    foreach (var channelsLast in (bool[])[true, false])
                    {
                        cases.Add(images, stride, channelsLast, true);
                        cases.Add(images, stride, channelsLast, false);
                    }
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ValuesAndGradients_AreTheConvolutions(int images, int stride, bool channelsLast, bool biased)
    {
        using var scope = NewDisposeScope();
        using var generator = manual_seed(images + (10 * stride));
        var map = channelsLast
            ? randn([images, 9, 11, 6], ScalarType.Float64).permute(0, 3, 1, 2)
            : randn([images, 6, 9, 11], ScalarType.Float64);
        var (weight, bias) = (randn([4, 6, 1, 1], ScalarType.Float64), randn([4], ScalarType.Float64));
        var above = randn([images, 4, (9 + stride - 1) / stride, (11 + stride - 1) / stride], ScalarType.Float64);
        var (expected, product) = (
            Run((x, w, b) => nn.functional.conv2d(x, w, b, strides: [stride, stride])),
            Run((x, w, b) => PointwiseProduct.Apply(x, w, b, [stride, stride]))
        );
        Assert.Equal(expected.Length, product.Length);
        for (var part = 0; part < expected.Length; part++)
        {
            Assert.Equal(expected[part].shape, product[part].shape);
            Expect.Close(expected[part], product[part], 1e-12, 1e-12, $"part {part}");
        }

        Tensor[] Run(Func<Tensor, Tensor, Tensor?, Tensor> convolve)
        {
            var (x, w, b) = (map.clone().requires_grad_(), weight.clone().requires_grad_(), biased ? bias.clone().requires_grad_() : null);
            var result = convolve(x, w, b);
            (result * above).sum().backward();
            return [result, x.grad!, w.grad!, .. new[] { b?.grad }.OfType<Tensor>()];
        }
    }

    [Fact]
    public void TheResult_LiesChannelsLast_AndTakesAnOperationInPlace()
    {
        using var scope = NewDisposeScope();
        var map = randn([2, 5, 7, 6]).permute(0, 3, 1, 2).requires_grad_();
        var result = PointwiseProduct.Apply(map, randn([4, 6, 1, 1]), null, [1, 1]);
        Assert.Equal(1, result.stride(1));
        result.relu_().sum().backward();
        Assert.Equal(1, map.grad!.stride(1));
    }

    // Sums over parameters, such as the gradient's norm, depend on it to the bit.
    [Fact]
    public void AConvolutionsParameters_AreInTheOrderOfTorchSharps()
    {
        using var layer = Initialize.KaimingConvolution(6, 4, kernel: 1, bias: true);
        using var other = nn.Conv2d(6, 4, 1);
        Assert.Equal(other.named_parameters().Select(item => item.name), layer.named_parameters().Select(item => item.name));
        Assert.Equal(other.state_dict().Keys, layer.state_dict().Keys);
    }

    [Fact]
    public void NothingStaysAlive()
    {
        using var map = randn([2, 6, 5, 7]);
        using var weight = randn([4, 6, 1, 1]);
        using var bias = randn([4]);
        LiveTensors.OnlyResultsStay("product", () => [PointwiseProduct.Apply(map, weight, bias, [2, 2])]);
        LiveTensors.OnlyResultsStay("product without bias", () => [PointwiseProduct.Apply(map, weight, null, [1, 1])]);
    }
}
