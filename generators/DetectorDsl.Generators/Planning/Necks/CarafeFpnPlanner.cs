using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Blocks;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Planning.Upsampling;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.Necks;

/// <summary>Feature pyramid networks with CARAFE on the way down (Wang et al. 2019, section 4.1).</summary>
internal sealed class CarafeFpnPlanner : NeckPlanner
{
    protected override string Component => "DetectorDsl.CarafeFpn";

    protected override NeckPlan? Plan(ComponentValue component, string place, IReadOnlyList<Level> inputs, PlanContext context)
    {
        if (PyramidInputs.Of(component, inputs, context) is not { } used)
        {
            return null;
        }

        var (channels, count, size) = (component.Integer("Channels"), component.Integer("Levels"), context.ImageSize);
        var first = PyramidInputs.Exponent(used[0].Stride);
        var pyramid = PyramidInputs.Levels(component, used);
        var upsamplers = new List<Layer>();
        for (var index = 0; index < count - 1; index++)
        {
            if (
                CarafePlanner.Plan(component.Component("Upsampling"), channels, size.Cells(pyramid[index + 1].Stride), context)
                is not { } upsampler
            )
            {
                return null;
            }

            upsamplers.Add(upsampler.Layer with { Shape = pyramid[index].Shape });
        }

        var layers = new ModuleLayers(
            place,
            [
                LayerField.List("lateral_convs", ConvolutionBlocks.Type, pyramid.Select(Lateral)),
                LayerField.List("fpn_convs", ConvolutionBlocks.Type, pyramid.Select(Output)),
                LayerField.List("upsample_modules", $"{Layers}CarafeUpsampling", upsamplers),
            ]
        );
        var file = new FpnFile(
            context.Names,
            $"a feature pyramid of {channels} channels, enlarged by CARAFE on the way down",
            layers.Code,
            used.Select(static level => level.Shape).ToEquatableArray(),
            pyramid
                .Select((level, index) => new FpnStep($"m{first + index}", $"lateral_convs[{index}].call({Source(index)})", level.Shape))
                .ToEquatableArray(),
            Enumerable.Range(0, count - 1).Reverse().Select(Merge).ToEquatableArray(),
            pyramid
                .Select((level, index) => new FpnStep($"p{first + index}", $"fpn_convs[{index}].call(m{first + index})", level.Shape))
                .ToEquatableArray()
        );
        var part = PartPlan.Of(ObjectCode.New($"{context.Names.Name}Neck"), file, layers);
        return new NeckPlan(part with { Rows = [.. pyramid.Select(Row), .. layers.Rows.Skip(2 * count)] }, pyramid);

        CompositeLayer Lateral(Level level, int index) =>
            index < used.Length
                ? PyramidInputs.Lateral(used[index], index, level, null, size)
                : ConvolutionBlocks.Of(
                    PyramidInputs.Convolution(
                        index == used.Length ? inputs[inputs.Count - 1].Channels : channels,
                        3,
                        level,
                        null,
                        size
                    ) with
                    {
                        Stride = 2,
                    },
                    norm: null
                );

        CompositeLayer Output(Level level, int index) =>
            index < used.Length
                ? PyramidInputs.Output(index, level, null, size)
                : ConvolutionBlocks.Of(PyramidInputs.Convolution(channels, 3, level, null, size), norm: null);

        // What a level is made of before the way down: a map of the backbone, or the level below.
        string Source(int index) =>
            index < used.Length ? $"maps[{inputs.Count - used.Length + index}]"
            : index == used.Length ? $"maps[{inputs.Count - 1}]"
            : $"m{first + index - 1}";

        // A level that the next one's convolution has taken must stay as it was for the backward pass.
        string Merge(int index)
        {
            var name = $"m{first + index}";
            var enlarged = $"UpsampledMap.CutTo(upsample_modules[{index}].call(m{first + index + 1}), {name})";
            return index < used.Length
                ? $"global::DetectorDsl.Native.Arithmetic.PlusInPlace({name}, {enlarged})"
                : $"{name} = global::DetectorDsl.Native.Arithmetic.Plus({name}, {enlarged})";
        }

        DescriptionRow Row(Level level, int index) =>
            layers.Row(
                $"p{first + index}",
                index < used.Length ? "1x1 and 3x3 convolution" : "3x3 convolution, stride 2, and 3x3 convolution",
                level.Shape,
                $"lateral_convs.{index}",
                $"fpn_convs.{index}"
            );
    }
}
