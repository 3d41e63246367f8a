using System.Collections.Immutable;
using static TorchSharp.torch;

namespace DetectorDsl.Weights.Naming;

/// <summary>detectron2's names. Its networks mostly take pixels as Caffe's did; early files say so (<c>pixel_mean</c>, <c>pixel_std</c>).</summary>
internal sealed class Detectron2Naming : NamingScheme
{
    private const string Mean = "pixel_mean";
    private const string Std = "pixel_std";

    public override string Name => "detectron2";

    public override string BackbonePrefix => "backbone.bottom_up.";

    public override IEnumerable<string> NamesOf(LayerNames layer) => new[] { layer.Detectron2 }.OfType<string>();

    public override RowOrder RowsOf(LayerNames layer) => layer.Detectron2Rows;

    public override bool IsConstant(string tensor) =>
        tensor is Mean or Std || tensor.Contains("anchor_generator.cell_anchors", StringComparison.Ordinal);

    public override (ImmutableArray<double> Mean, ImmutableArray<double> Std)? PixelsOf(WeightsFile file) =>
        Numbers(file, Mean) is { } mean && Numbers(file, Std) is { } std && std.All(value => value > 0) ? (mean, std) : null;

    public override ImmutableArray<string> Remarks(WeightsFile file) =>
        [
            .. PixelsOf(file) is null
                ?
                [
                    "detectron2's models mostly take pixels as Caffe's do (blue, green, red; std 1), and the file does not say: with --caffe-pixels its first convolution is converted, exactly.",
                ]
                : Array.Empty<string>(),
            "detectron2's ResNets of MSRA's weights step in the first convolution of a bottleneck, here the second steps: such weights load, but compute something else until trained on. Those that came from torchvision's step as here.",
        ];

    private static ImmutableArray<double>? Numbers(WeightsFile file, string name)
    {
        if (
            !file.TensorNames.Contains(name, StringComparer.Ordinal)
            || file.Describe(name).Shape.Aggregate(1L, (product, length) => product * length) != 3
        )
        {
            return null;
        }

        using var value = file.Read(name);
        using var numbers = value.to(ScalarType.Float64);
        return [.. numbers.data<double>()];
    }
}
