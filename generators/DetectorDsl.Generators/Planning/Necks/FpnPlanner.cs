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
        var (channels, count, start) = (component.Integer("Channels"), component.Integer("Levels"), component.Integer("StartLevel"));
        if (start >= inputs.Count)
        {
            context.Report(Problems.LevelCountWrong(component["StartLevel"].Origin, "the backbone", inputs.Count, component.Name, $"more than StartLevel, {start}"));
            return null;
        }

        var used = inputs.Skip(start).ToArray();
        if (count < used.Length)
        {
            context.Report(Problems.LevelCountWrong(component["Levels"].Origin, component.Name, count, "the backbone", $"at least {used.Length}, one for each of its maps"));
            return null;
        }

        for (var i = 1; i < used.Length; i++)
        {
            if (used[i].Stride != 2 * used[i - 1].Stride)
            {
                context.Report(Problems.StridesDoNotMatch(component.Origin, component.Name, "that double from map to map", string.Join(", ", used.Select(static level => level.Stride))));
                return null;
            }
        }

        var first = Exponent(used[0].Stride);
        var names = Enumerable.Range(0, count).Select(index => $"p{first + index}").ToArray();
        var pyramid = Enumerable.Range(0, count).Select(index => new Level(channels, used[0].Stride << index)).ToArray();
        var extras = Enumerable.Range(used.Length, count - used.Length).Select(index => Extra(component, index, used.Length, inputs, names)).ToArray();
        var file = new FpnFile(
            context.Names,
            channels,
            used.Select((level, index) => new FpnInput(index, start + index, level.Channels, $"m{first + index}", level.Shape, pyramid[index].Shape)).ToEquatableArray(),
            Enumerable.Range(0, used.Length - 1).Reverse().Select(index => new FpnMerge($"m{first + index}", $"m{first + index + 1}")).ToEquatableArray(),
            used.Select((_, index) => new FpnOutput(index, names[index], $"m{first + index}", pyramid[index].Shape)).ToEquatableArray(),
            extras.Select((extra, index) => new FpnExtra(names[used.Length + index], extra.Code, pyramid[used.Length + index].Shape)).ToEquatableArray(),
            used.Select(_ => Convolution(channels, channels, "")).Concat(extras.Where(static extra => extra.Inputs > 0).Select(extra => Convolution(extra.Inputs, channels, ", stride: 2"))).ToEquatableArray());
        var rows = pyramid.Select((level, index) => index < used.Length
            ? new DescriptionRow($"neck.{names[index]}", "1x1 and 3x3 convolution", level.Shape, Cost(index, used[index], level, context.ImageSize)) { Module = "neck" }
            : ExtraRow($"neck.{names[index]}", index, extras[index - used.Length].Inputs, level, context.ImageSize));
        return new NeckPlan(
            new PartPlan(ObjectCode.New($"{context.Names.Name}Neck"), file, rows.ToEquatableArray()) { Names = Names(first, used.Length, extras.Count(static extra => extra.Inputs > 0)).ToEquatableArray() },
            pyramid.ToEquatableArray());
    }

    /// <summary>The expression that makes a level beyond the backbone's, and the channels that its convolution takes; 0 where there is none.</summary>
    private static (string Code, int Inputs) Extra(ComponentValue component, int index, int used, IReadOnlyList<Level> inputs, string[] names)
    {
        if (component.Choice("ExtraLevels") == "Subsampled")
        {
            return ($"functional.max_pool2d({names[index - 1]}, 1, stride: 2)", 0);
        }

        if (index == used && component.Choice("ExtraLevels") == "FromBackbone")
        {
            return ($"fpn_convs[{index}].call(maps[{inputs.Count - 1}])", inputs[inputs.Count - 1].Channels);
        }

        var from = index > used && component.Truth("ReluBetweenExtraLevels") ? $"functional.relu({names[index - 1]})" : names[index - 1];
        return ($"fpn_convs[{index}].call({from})", component.Integer("Channels"));
    }

    private static string Convolution(int inputs, int channels, string stride) =>
        $"Initialize.XavierConvolution({CSharpLiteral.Of(inputs)}, {CSharpLiteral.Of(channels)}, kernel: 3{stride})";

    private static Cost Cost(int index, Level input, Level level, ImageSize size) =>
        Shapes.Cost.Convolution(input.Channels, level.Channels, 1, true, size.Cells(level.Stride)).At($"lateral_convs.{index}.conv")
            + Shapes.Cost.Convolution(level.Channels, level.Channels, 3, true, size.Cells(level.Stride)).At($"fpn_convs.{index}.conv");

    private static DescriptionRow ExtraRow(string name, int index, int inputs, Level level, ImageSize size) => inputs == 0
        ? new DescriptionRow(name, "subsampling", level.Shape, Shapes.Cost.None)
        : new DescriptionRow(name, "3x3 convolution, stride 2", level.Shape, Shapes.Cost.Convolution(inputs, level.Channels, 3, true, size.Cells(level.Stride))) { Module = $"neck.fpn_convs.{index}.conv" };

    // torchvision, ops/feature_pyramid_network.py; detectron2, modeling/backbone/fpn.py, which counts levels by their strides.
    private static IEnumerable<LayerName> Names(int first, int count, int extras) =>
    [
        .. Enumerable.Range(0, count).Select(index => Name("lateral_convs", "inner_blocks", "fpn_lateral", index, first)),
        .. Enumerable.Range(0, count).Select(index => Name("fpn_convs", "layer_blocks", "fpn_output", index, first)),
        .. Enumerable.Range(count, extras).Select(index => new LayerName($"neck.fpn_convs.{index}.conv", $"backbone.fpn.extra_blocks.p{first + index}", $"backbone.top_block.p{first + index}")),
    ];

    private static LayerName Name(string own, string torchvision, string detectron2, int index, int first) =>
        new($"neck.{own}.{index}.conv", $"backbone.fpn.{torchvision}.{index}.0", $"backbone.{detectron2}{first + index}") { EarlierTorchvision = $"backbone.fpn.{torchvision}.{index}" };

    private static int Exponent(int stride) => (int)Math.Round(Math.Log(stride, 2));
}
