using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Blocks;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Planning.Structure;
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

        var (count, start, size) = (component.Integer("Levels"), component.Integer("StartLevel"), context.ImageSize);
        var first = PyramidInputs.Exponent(used[0].Stride);
        var names = Enumerable.Range(0, count).Select(index => $"p{first + index}").ToArray();
        var pyramid = PyramidInputs.Levels(component, used);
        var extras = Enumerable
            .Range(used.Length, count - used.Length)
            .Select(index => Extra(component, index, used.Length, inputs, names))
            .ToArray();
        var local = norm is null ? null : norm with { Code = "norm" };
        var layers = new ModuleLayers(
            place,
            [
                LayerField.List(
                    "lateral_convs",
                    ConvolutionBlocks.Type,
                    used.Select((input, index) => PyramidInputs.Lateral(input, index, pyramid[index], local, size))
                ),
                LayerField.List(
                    "fpn_convs",
                    ConvolutionBlocks.Type,
                    [
                        .. used.Select((_, index) => PyramidInputs.Output(index, pyramid[index], local, size)),
                        .. from item in extras.Zip(pyramid.Skip(used.Length), static (extra, level) => (extra.Inputs, Level: level))
                        where item.Inputs > 0
                        select Further(item.Inputs, item.Level, local, size),
                    ]
                ),
            ]
        );
        var file = new FpnFile(
            context.Names,
            $"a feature pyramid of {component.Integer("Channels")} channels",
            layers.Code,
            used.Select(static level => level.Shape).ToEquatableArray(),
            used.Select(
                    (_, index) =>
                        new FpnStep($"m{first + index}", $"lateral_convs[{index}].call(maps[{start + index}])", pyramid[index].Shape)
                )
                .ToEquatableArray(),
            Enumerable.Range(first, used.Length - 1).Reverse().Select(level => Merge($"m{level}", $"m{level + 1}")).ToEquatableArray(),
            pyramid
                .Select(
                    (level, index) =>
                        new FpnStep(
                            names[index],
                            index < used.Length ? $"fpn_convs[{index}].call(m{first + index})" : extras[index - used.Length].Code,
                            level.Shape
                        )
                )
                .ToEquatableArray()
        )
        {
            NormCode = norm?.Code,
        };
        var part = PartPlan.Of(ObjectCode.New($"{context.Names.Name}Neck"), file, layers);
        return new NeckPlan(part with { Rows = pyramid.Select(Row).ToEquatableArray() }, pyramid);

        DescriptionRow Row(Level level, int index) =>
            index < used.Length
                ? layers.Row(
                    names[index],
                    ConvolutionBlocks.Kind("1x1 and 3x3 convolution", norm),
                    level.Shape,
                    $"lateral_convs.{index}",
                    $"fpn_convs.{index}"
                )
            : extras[index - used.Length].Inputs == 0 ? layers.Row(names[index], "subsampling", level.Shape)
            : layers.Row(names[index], ConvolutionBlocks.Kind("3x3 convolution, stride 2", norm), level.Shape, $"fpn_convs.{index}");
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

    // torchvision's further levels are bare convolutions, so that none of its names fits a normalised one.
    private static CompositeLayer Further(int from, Level level, NormalizationPlan? norm, ImageSize size)
    {
        var name = $"p{PyramidInputs.Exponent(level.Stride)}";
        return ConvolutionBlocks.Of(
            PyramidInputs.Convolution(from, 3, level, norm, size) with
            {
                Stride = 2,
                Elsewhere = norm is null ? new($"backbone.fpn.extra_blocks.{name}", $"backbone.top_block.{name}") : OtherNames.None,
            },
            norm
        );
    }

    private static string Merge(string finer, string coarser) =>
        $"global::DetectorDsl.Native.Arithmetic.PlusInPlace({finer}, functional.interpolate({coarser}, size: [{finer}.shape[2], {finer}.shape[3]], mode: InterpolationMode.Nearest))";
}
