using DetectorDsl.Detection.Inference;
using DetectorDsl.Structures;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Convolutions;

/// <summary>
/// Lets a model look at an image of its size, and then each of its convolutions run forward and backward over a map of the size that it was given:
/// whatever a machine does not survive ends the process here.
/// </summary>
internal sealed class ConvolutionTrial
{
    // What a blank network's detections do not reach, such as a mask head, is given regions of the usual size.
    private const int RegionSide = 14;

    private readonly List<(nn.Module<Tensor, Tensor> Layer, long[] Input)> seen = [];

    /// <summary>Runs everything once.</summary>
    /// <param name="model">The model.</param>
    /// <param name="detector">The detector that holds it.</param>
    /// <param name="height">Height of the image, padded.</param>
    /// <param name="width">Width of the image, padded.</param>
    public static void Run(nn.Module model, IImageDetector detector, int height, int width) =>
        new ConvolutionTrial().RunAll(model, detector, height, width);

    private void RunAll(nn.Module model, IImageDetector detector, int height, int width)
    {
        nn.Module<Tensor, Tensor>[] layers =
        [
            .. model.modules().OfType<nn.Module<Tensor, Tensor>>().Where(layer => Kernel(layer) is not null),
        ];
        foreach (var layer in layers)
        {
            layer.register_forward_pre_hook(
                (_, input) =>
                {
                    seen.Add((layer, input.shape));
                    return input;
                }
            );
        }

        using var scope = NewDisposeScope();
        var image = randn(1, height, width, 3).permute(0, 3, 1, 2);
        detector.Detect(image, [new ImageShape(0, height, width, height, width)]);
        foreach (var parameter in model.parameters())
        {
            parameter.requires_grad = true;
        }

        (nn.Module<Tensor, Tensor> Layer, long[] Input)[] all =
        [
            .. seen,
            .. layers.Except(seen.Select(item => item.Layer)).Select(layer => (layer, Region(layer))),
        ];
        foreach (
            var (layer, shape) in all.DistinctBy(item =>
                (item.Layer.GetName(), string.Join(' ', Kernel(item.Layer)!), string.Join(' ', item.Input))
            )
        )
        {
            Try(layer, shape);
        }
    }

    private static void Try(nn.Module<Tensor, Tensor> layer, long[] shape)
    {
        using var scope = NewDisposeScope();

        // A blank image may leave a head without regions.
        var map = randn(Math.Max(1, shape[0]), shape[2], shape[3], shape[1]).permute(0, 3, 1, 2);
        map.requires_grad_();
        layer.call(map).sum().backward();
    }

    private static long[]? Kernel(nn.Module layer) =>
        layer.named_parameters(recurse: false).Select(item => item.parameter.shape).FirstOrDefault(shape => shape.Length == 4);

    private static long[] Region(nn.Module layer) =>
        [2, layer is ConvTranspose2d ? Kernel(layer)![0] : Kernel(layer)![1], RegionSide, RegionSide];
}
