using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Blocks;
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

    protected override NeckPlan? Plan(ComponentValue component, string place, IReadOnlyList<Level> inputs, PlanContext context)
    {
        if (
            PyramidInputs.Of(component, inputs, context) is not { } used
            || !NormalizationPlan.TryOf(component, [component.Integer("Channels")], "the neck", context, out var norm)
        )
        {
            return null;
        }

        var (channels, count, start) = (component.Integer("Channels"), component.Integer("Levels"), component.Integer("StartLevel"));
        var first = PyramidInputs.Exponent(used[0].Stride);
        var names = Enumerable.Range(0, count).Select(index => $"p{first + index}").ToArray();
        var pyramid = Enumerable.Range(0, count).Select(index => new Level(channels, used[0].Stride << index)).ToArray();
        var extras = Enumerable
            .Range(used.Length, count - used.Length)
            .Select(index => Extra(component, index, used.Length, inputs, names))
            .ToArray();
        var file = new FpnFile(
            context.Names,
            channels,
            used.Select(
                    (level, index) =>
                        new FpnInput(index, start + index, level.Channels, $"m{first + index}", level.Shape, pyramid[index].Shape)
                )
                .ToEquatableArray(),
            Enumerable
                .Range(0, used.Length - 1)
                .Reverse()
                .Select(index => new FpnMerge($"m{first + index}", $"m{first + index + 1}"))
                .ToEquatableArray(),
            used.Select((_, index) => new FpnOutput(index, names[index], $"m{first + index}", pyramid[index].Shape)).ToEquatableArray(),
            extras
                .Select((extra, index) => new FpnExtra(names[used.Length + index], extra.Code, pyramid[used.Length + index].Shape))
                .ToEquatableArray(),
            used.Select(_ => Convolution(channels, channels, "", norm))
                .Concat(from extra in extras where extra.Inputs > 0 select Convolution(extra.Inputs, channels, ", stride: 2", norm))
                .ToEquatableArray()
        )
        {
            NormCode = norm?.Code,
        };
        var rows = pyramid.Select(
            (level, index) =>
                index < used.Length
                    ? Row($"{place}.{names[index]}", place, index, used[index], level, norm, context.ImageSize)
                    : ExtraRow(
                        $"{place}.{names[index]}",
                        $"{place}.fpn_convs.{index}",
                        extras[index - used.Length].Inputs,
                        level,
                        norm,
                        context.ImageSize
                    )
        );
        return new NeckPlan(
            new PartPlan(ObjectCode.New($"{context.Names.Name}Neck"), file, rows.ToEquatableArray())
            {
                Names = Names(place, first, used.Length, extras.Count(static extra => extra.Inputs > 0), norm).ToEquatableArray(),
            },
            pyramid.ToEquatableArray()
        );
    }

    /// <summary>The expression that makes a level beyond the backbone's, and the channels that its convolution takes; 0 where there is none.</summary>
    private static (string Code, int Inputs) Extra(
        ComponentValue component,
        int index,
        int used,
        IReadOnlyList<Level> inputs,
        string[] names
    )
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

    private static string Convolution(int inputs, int channels, string stride, NormalizationPlan? norm)
    {
        var bias = norm is null ? "" : ", bias: false";
        return $"Initialize.XavierConvolution({CSharpLiteral.Of(inputs)}, {CSharpLiteral.Of(channels)}, kernel: 3{stride}{bias})";
    }

    private static DescriptionRow Row(
        string name,
        string place,
        int index,
        Level input,
        Level level,
        NormalizationPlan? norm,
        ImageSize size
    ) =>
        new(name, ConvolutionBlocks.Kind("1x1 and 3x3 convolution", norm), level.Shape, Cost(index, input, level, norm, size))
        {
            Module = place,
        };

    private static Cost Cost(int index, Level input, Level level, NormalizationPlan? norm, ImageSize size) =>
        ConvolutionBlocks.Cost(input.Channels, level.Channels, 1, norm, size.Cells(level.Stride)).At($"lateral_convs.{index}")
        + ConvolutionBlocks.Cost(level.Channels, level.Channels, 3, norm, size.Cells(level.Stride)).At($"fpn_convs.{index}");

    private static DescriptionRow ExtraRow(string name, string module, int inputs, Level level, NormalizationPlan? norm, ImageSize size)
    {
        if (inputs == 0)
        {
            return new DescriptionRow(name, "subsampling", level.Shape, Shapes.Cost.None);
        }

        var cost = ConvolutionBlocks.Cost(inputs, level.Channels, 3, norm, size.Cells(level.Stride));
        return new DescriptionRow(name, ConvolutionBlocks.Kind("3x3 convolution, stride 2", norm), level.Shape, cost) { Module = module };
    }

    // torchvision's further levels are bare convolutions, so that none of its names fits a normalised one.
    private static IEnumerable<LayerName> Names(string place, int first, int count, int extras, NormalizationPlan? norm) =>
        [
            .. PyramidInputs.Names(place, first, count, norm),
            .. Enumerable
                .Range(count, extras)
                .SelectMany(index =>
                    norm is null
                        ? [Bare($"{place}.fpn_convs.{index}.conv", $"p{first + index}")]
                        : ConvolutionBlocks.Names($"{place}.fpn_convs.{index}", null, null, norm)
                ),
        ];

    private static LayerName Bare(string own, string level) =>
        new(own, $"backbone.fpn.extra_blocks.{level}", $"backbone.top_block.{level}");
}
