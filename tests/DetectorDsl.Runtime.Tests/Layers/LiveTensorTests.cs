using DetectorDsl.Runtime.Tests.Optimization;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Layers;
using DetectorDsl.Training.Optimization;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Layers;

public sealed class LiveTensorTests
{
    [Fact]
    public void LayersLeaveTheirResultsOnly()
    {
        using var input = Filling.Fill(1, [2, 8, 6, 6], -1, 1, ScalarType.Float32).requires_grad_();
        using var rows = ones(4, 8).requires_grad_();
        Check(new BatchNorm(8), input);
        Check(new BatchNorm(8, BatchNormMode.Frozen), input);
        Check(NormFactory.Group(2).Create(8), input);
        Check(new BasicBlock(8, 8, 1, NormFactory.Batch(BatchNormMode.Train)), input);
        Check(new BasicBlock(8, 16, 2, NormFactory.Group(2)), input);
        Check(new Bottleneck(8, 4, 2, NormFactory.Batch(BatchNormMode.Evaluate)), input);
        Check(new Bottleneck(8, 8, 2, NormFactory.Group(2), outChannels: 16, groups: 2, new DeformableSampling(Groups: 2)), input);
        Check(new ConvolutionBlock(Initialize.XavierConvolution(8, 4, 3), activate: true), input);
        Check(new ConvolutionBlock(Initialize.XavierConvolution(8, 4, 3), activate: false), input);
        Check(new NormalizedLinear(8, 3), rows);
        Check(new NormalizedConv2d(8, 3), input);
        Check(new NormalizedConv2d(8, 3, 3, power: 0.5, normOverKernel: true), input);
    }

    [Fact]
    public void LayersAreMadeWithoutRemains()
    {
        // Parameters and buffers are what stays.
        Made("batch norm", () => new BatchNorm(8));
        Made("group norm", () => NormFactory.Group(2).Create(8));
        Made("cosine classifier", () => new NormalizedLinear(8, 3));
        Made("cosine convolution", () => new NormalizedConv2d(8, 3));
        Made("Kaiming convolution", () => Initialize.KaimingConvolution(8, 4, 3, bias: true));
        Made("Xavier convolution", () => Initialize.XavierConvolution(8, 4, 3));
        Made("normal convolution", () => Initialize.NormalConvolution(8, 4, 3, 0.1));
        Made("upsampling", () => Initialize.KaimingUpsampling(8, 4));
        Made("Xavier linear", () => Initialize.XavierLinear(8, 4));
        Made("normal linear", () => Initialize.NormalLinear(8, 4, 0.1));
        Made("deformable convolution", () => new DeformableConv2d(8, 4, stride: 1, groups: 1, new DeformableSampling()));
        Made("block", () => new Bottleneck(8, 4, 2, NormFactory.Batch(BatchNormMode.Train)));

        static void Made(string what, Func<nn.Module> make) => LiveTensors.OnlyResultsStay(what, () => make().state_dict().Values);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OptimizersLeaveTheirStateOnly(bool adam)
    {
        using var weight = TrainedParameter.Of(1, 2);
        TrainedParameter.Give(weight, 1, 1);
        using var found = zeros(1);
        LiveTensors.OnlyResultsStay("making an optimizer", () =>
        {
            Optimizer made = adam ? new AdamW([TrainedParameter.Group(weight, 0)]) : new Sgd([TrainedParameter.Group(weight, 0)], 0.9);
            return made.State().Select(pair => pair.Value);
        });
        using Optimizer optimizer = adam
            ? new AdamW([TrainedParameter.Group(weight, 0.1)])
            : new Sgd([TrainedParameter.Group(weight, 0.1)], 0.9);
        LiveTensors.OnlyResultsStay("a step", () =>
        {
            optimizer.Step(0.1);
            optimizer.Step(0.1, found);
            return [];
        });
        LiveTensors.OnlyResultsStay("norm, clipping and check", () =>
        {
            var norm = Gradients.Norm([weight]);
            Gradients.Clip([weight], norm, 0.1);
            return [norm, Gradients.NonFinite(norm, norm)];
        });
        LiveTensors.OnlyResultsStay("freeing gradients", () =>
        {
            optimizer.ZeroGradients();
            return [];
        });
    }

    private static void Check(nn.Module<Tensor, Tensor> layer, Tensor input)
    {
        using (layer)
        {
            LiveTensors.OnlyResultsStay(layer.GetType().Name, () => [layer.call(input)]);
            using (no_grad())
            {
                LiveTensors.OnlyResultsStay($"{layer.GetType().Name} without gradient", () => [layer.call(input)]);
            }

            LiveTensors.NothingStays(layer.GetType().Name, () => layer.call(input).sum().backward());
        }
    }
}
