using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Layers;
using DetectorDsl.Training.Optimization;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Optimization;

public sealed class GradientsTests
{
    [Fact]
    public void NormIsOverAllGradients()
    {
        using var scope = NewDisposeScope();
        var (first, second, third) = (TrainedParameter.Of(0, 0), TrainedParameter.Of(0), TrainedParameter.Of(9));
        TrainedParameter.Give(first, 2, 3);
        TrainedParameter.Give(second, 6);

        // sqrt(4 + 9 + 36) = 7; the third has no gradient.
        Expect.Close([7], Expect.Values(Gradients.Norm([first, second, third])), 1e-12, 0, "norm");
        Expect.Close([0], Expect.Values(Gradients.Norm([third])), 0, 0, "norm of none");
    }

    [Theory]
    [InlineData(3.5, 0.5)]
    [InlineData(7.1, 1)]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    public void GradientsAreClippedToTheBound(double bound, double factor)
    {
        using var scope = NewDisposeScope();
        var (first, second) = (TrainedParameter.Of(0, 0), TrainedParameter.Of(0));
        TrainedParameter.Give(first, 2, 3);
        TrainedParameter.Give(second, 6);
        Gradients.Clip([first, second], Gradients.Norm([first, second]), bound);
        Expect.Close(
            [2 * factor, 3 * factor, 6 * factor],
            [.. Expect.Values(first.grad!), .. Expect.Values(second.grad!)],
            1e-6,
            0,
            "gradients"
        );
    }

    [Theory]
    [InlineData(1, 2, 0)]
    [InlineData(float.NaN, 2, 1)]
    [InlineData(1, float.PositiveInfinity, 1)]
    [InlineData(float.PositiveInfinity, float.NegativeInfinity, 1)]
    public void NonFiniteLossOrNorm_IsFound(float loss, float norm, float expected)
    {
        using var scope = NewDisposeScope();
        var found = Gradients.NonFinite(tensor(loss), tensor(norm));
        Assert.Equal([1], found.shape);
        Assert.Equal(ScalarType.Float32, found.dtype);
        Assert.Equal(expected, found.item<float>());
    }

    [Fact]
    public void NormOfANonFiniteGradient_IsNotFinite()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (TrainedParameter.Of(0, 0), TrainedParameter.Of(0));
        TrainedParameter.Give(first, 2, double.NaN);
        TrainedParameter.Give(second, 6);
        Assert.False(Gradients.Norm([first, second]).isfinite().item<bool>());
    }

    [Fact]
    public void ParametersAreSplitByDecay()
    {
        using var scope = NewDisposeScope();
        var untrained = nn.Linear(2, 2);
        Freeze.Parameters(untrained);
        using var model = nn.Sequential(("conv", nn.Conv2d(3, 4, 3)), ("norm", nn.BatchNorm2d(4)), ("fixed", untrained));

        var all = Assert.Single(ParameterGroup.Of(model, 0.1, exemptNormAndBias: false));
        Assert.Equal(["conv.weight", "conv.bias", "norm.weight", "norm.bias"], all.Parameters.Select(item => item.Name));
        Assert.Equal(0.1, all.WeightDecay);
        var split = ParameterGroup.Of(model, 0.1, exemptNormAndBias: true);
        Assert.Equal(["conv.weight"], split[0].Parameters.Select(item => item.Name));
        Assert.Equal(["conv.bias", "norm.weight", "norm.bias"], split[1].Parameters.Select(item => item.Name));
        Assert.Equal([0.1, 0], split.Select(group => group.WeightDecay));
    }
}
