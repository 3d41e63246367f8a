using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning.Necks;

/// <summary>Feature pyramid networks (Lin et al. 2017).</summary>
internal sealed class FpnPlanner : NeckPlanner
{
    protected override string Component => "DetectorDsl.Fpn";

    protected override NeckPlan? Plan(ComponentValue component, IReadOnlyList<Level> inputs, PlanContext context)
    {
        var channels = component.Integer("Channels");
        var count = component.Integer("Levels");
        if (count < inputs.Count)
        {
            context.Report(Problems.LevelCountWrong(component["Levels"].Origin, component.Name, count, "the backbone", $"at least {inputs.Count}, one for each of its maps"));
            return null;
        }

        for (var i = 1; i < inputs.Count; i++)
        {
            if (inputs[i].Stride != 2 * inputs[i - 1].Stride)
            {
                context.Report(Problems.StridesDoNotMatch(component.Origin, component.Name, "that double from map to map", string.Join(", ", inputs.Select(static level => level.Stride))));
                return null;
            }
        }

        var first = Exponent(inputs[0].Stride);
        var names = Enumerable.Range(0, count).Select(index => $"p{first + index}").ToArray();
        var pyramid = Enumerable.Range(0, count).Select(index => new Level(channels, inputs[0].Stride << index)).ToArray();
        var file = new FpnFile(
            context.Names,
            channels,
            inputs.Select((level, index) => new FpnInput(index, level.Channels, $"m{first + index}", level.Shape, pyramid[index].Shape)).ToEquatableArray(),
            Enumerable.Range(0, inputs.Count - 1).Reverse().Select(index => new FpnMerge($"m{first + index}", $"m{first + index + 1}")).ToEquatableArray(),
            inputs.Select((_, index) => new FpnOutput(index, names[index], $"m{first + index}", pyramid[index].Shape)).ToEquatableArray(),
            Enumerable.Range(inputs.Count, count - inputs.Count).Select(index => new FpnExtra(names[index], names[index - 1], pyramid[index].Shape)).ToEquatableArray());
        var rows = pyramid.Select((level, index) => new DescriptionRow($"neck.{names[index]}", index < inputs.Count ? "1x1 and 3x3 convolution" : "subsampling", level.Shape, Cost(inputs, index, level, context.ImageSize)));
        return new NeckPlan(
            new PartPlan(ObjectCode.New($"{context.Names.Name}Neck"), file, rows.ToEquatableArray()) { Names = Names(first, inputs.Count).ToEquatableArray() },
            pyramid.ToEquatableArray());
    }

    // torchvision, ops/feature_pyramid_network.py; detectron2, modeling/backbone/fpn.py, which counts levels by their strides.
    private static IEnumerable<LayerName> Names(int first, int count) =>
    [
        .. Enumerable.Range(0, count).Select(index => Name("lateral_convs", "inner_blocks", "fpn_lateral", index, first)),
        .. Enumerable.Range(0, count).Select(index => Name("fpn_convs", "layer_blocks", "fpn_output", index, first)),
    ];

    private static LayerName Name(string own, string torchvision, string detectron2, int index, int first) =>
        new($"neck.{own}.{index}.conv", $"backbone.fpn.{torchvision}.{index}.0", $"backbone.{detectron2}{first + index}") { EarlierTorchvision = $"backbone.fpn.{torchvision}.{index}" };

    private static Cost Cost(IReadOnlyList<Level> inputs, int index, Level level, ImageSize size) => index >= inputs.Count
        ? Shapes.Cost.None
        : Shapes.Cost.Convolution(inputs[index].Channels, level.Channels, 1, true, size.Cells(level.Stride)) + Shapes.Cost.Convolution(level.Channels, level.Channels, 3, true, size.Cells(level.Stride));

    private static int Exponent(int stride) => (int)Math.Round(Math.Log(stride, 2));
}
