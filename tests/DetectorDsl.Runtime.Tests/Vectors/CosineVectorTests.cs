using System.Text.Json;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Layers;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Vectors;

public sealed class CosineVectorTests
{
    [SkippableFact]
    public void CosineClassifiersAreThoseOfMmdetection()
    {
        var cases = ReferenceVectors.Cases("losses/normed.json");
        Assert.Equal(4, cases.Length);
        foreach (var item in cases)
        {
            using var scope = NewDisposeScope();
            var linear = item.GetProperty("kind").GetString() == "linear";
            using var layer = linear ? Linear(item) : Convolution(item);
            var input = linear ? LinearInput(item) : Filling.Fill(item.Whole("seed"), item.Integers("input"), -1, 1);
            input.requires_grad_();
            var output = layer.call(input);
            var what = $"{item.GetProperty("kind").GetString()} {item.Whole("seed")}";
            Expect.Digest(item.GetProperty("output"), output, 1e-9, 1e-9, what);
            (output * Filling.Fill(item.Whole("seed") + 3, output.shape, -1, 1)).sum().backward();
            var parameters = layer.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter);
            Expect.Digest(item.GetProperty("grad_weight"), parameters["weight"].grad!, 1e-9, 1e-9, $"{what}, gradient of the weight");
            if (item.TryGetProperty("grad_bias", out var bias))
            {
                Expect.Digest(bias, parameters["bias"].grad!, 1e-9, 1e-9, $"{what}, gradient of the bias");
            }

            var zeroRow = linear && item.Truth("zero_row");
            Expect.Digest(
                item.GetProperty("grad_input"),
                zeroRow ? input.grad!.narrow(0, 1, input.shape[0] - 1) : input.grad!,
                1e-9,
                1e-9,
                $"{what}, gradient of the input"
            );
        }
    }

    private static nn.Module<Tensor, Tensor> Linear(JsonElement item)
    {
        var layer = new NormalizedLinear(
            item.Whole("in_features"),
            item.Whole("out_features"),
            item.Real("temperature"),
            item.Real("power"),
            item.Real("eps")
        );
        return Filled(layer, item, 0.02, [item.Whole("out_features"), item.Whole("in_features")]);
    }

    private static nn.Module<Tensor, Tensor> Convolution(JsonElement item)
    {
        var (channels, outputs, kernel) = (item.Shape("input")[1], item.Whole("out_channels"), item.Whole("kernel"));
        Assert.Equal(kernel / 2, item.Whole("padding"));
        var layer = new NormalizedConv2d(
            channels,
            outputs,
            kernel,
            item.Real("temperature"),
            item.Real("power"),
            item.Real("eps"),
            item.Truth("norm_over_kernel")
        );
        return Filled(layer, item, 0.1, [outputs, channels, kernel, kernel]);
    }

    private static nn.Module<Tensor, Tensor> Filled(nn.Module<Tensor, Tensor> layer, JsonElement item, double bound, long[] shape)
    {
        using var untracked = no_grad();
        layer.to(ScalarType.Float64);
        foreach (var (name, parameter) in layer.named_parameters())
        {
            parameter.copy_(
                name == "weight" ? Filling.Fill(item.Whole("seed") + 1, shape, -bound, bound)
                : item.Truth("bias") ? Filling.Fill(item.Whole("seed") + 2, [shape[0]], -0.1, 0.1)
                : zeros(shape[0], dtype: ScalarType.Float64)
            );
        }

        return layer;
    }

    private static Tensor LinearInput(JsonElement item)
    {
        var input = Filling.Fill(item.Whole("seed"), [item.Whole("n"), item.Whole("in_features")], -item.Real("scale"), item.Real("scale"));
        if (item.Truth("zero_row"))
        {
            input[0].zero_();
        }

        return input;
    }
}
