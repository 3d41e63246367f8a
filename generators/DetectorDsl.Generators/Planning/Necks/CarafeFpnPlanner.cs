using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Planning.Upsampling;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;

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

        var (channels, count) = (component.Integer("Channels"), component.Integer("Levels"));
        var first = PyramidInputs.Exponent(used[0].Stride);
        var pyramid = Enumerable.Range(0, count).Select(index => new Level(channels, used[0].Stride << index)).ToArray();
        var laterals = pyramid.Select((level, index) => Lateral(index, used, inputs, first, level)).ToArray();
        var upsamplers = new List<UpsamplingPlan>();
        for (var index = 0; index < count - 1; index++)
        {
            if (
                CarafePlanner.Plan(component.Component("Upsampling"), channels, context.ImageSize.Cells(pyramid[index + 1].Stride), context)
                is not { } upsampler
            )
            {
                return null;
            }

            upsamplers.Add(upsampler);
        }

        var file = new CarafeFpnFile(
            context.Names,
            channels,
            used.Select(static level => level.Shape).ToEquatableArray(),
            laterals.Select(static lateral => lateral.Print).ToEquatableArray(),
            upsamplers.Select(static upsampler => upsampler.Layer.Code.Construction).ToEquatableArray(),
            Enumerable
                .Range(0, count - 1)
                .Reverse()
                .Select(index => Merge(index, $"m{first + index}", $"m{first + index + 1}", used.Length))
                .ToEquatableArray(),
            pyramid.Select((level, index) => new FpnOutput(index, $"p{first + index}", $"m{first + index}", level.Shape)).ToEquatableArray()
        );
        var rows = pyramid
            .Select(
                (level, index) =>
                    new DescriptionRow(
                        $"{place}.p{first + index}",
                        laterals[index].Kind,
                        level.Shape,
                        laterals[index].Cost(context.ImageSize)
                    )
                    {
                        Module = place,
                    }
            )
            .Concat(
                upsamplers.Select(
                    (upsampler, index) =>
                        new DescriptionRow(
                            $"{place}.upsample_modules.{index}",
                            upsampler.Layer.Kind,
                            pyramid[index].Shape,
                            Cost.Of([new("", upsampler.Layer)])
                        )
                )
            );
        return new NeckPlan(
            new PartPlan(ObjectCode.New($"{context.Names.Name}Neck"), file, rows.ToEquatableArray())
            {
                Names = Names(place, first, used.Length, count, upsamplers).ToEquatableArray(),
            },
            pyramid.ToEquatableArray()
        );
    }

    private static LevelPlan Lateral(int index, Level[] used, IReadOnlyList<Level> inputs, int first, Level level)
    {
        if (index < used.Length)
        {
            return new LevelPlan(
                Print(used[index].Channels, "kernel: 1", $"maps[{CSharpLiteral.Of(inputs.Count - used.Length + index)}]"),
                used[index].Channels,
                1,
                level
            );
        }

        var (source, channels) =
            index == used.Length
                ? ($"maps[{CSharpLiteral.Of(inputs.Count - 1)}]", inputs[inputs.Count - 1].Channels)
                : ($"m{first + index - 1}", level.Channels);
        return new LevelPlan(Print(channels, "kernel: 3, stride: 2", source), channels, 3, level);

        CarafeFpnLateral Print(int takes, string form, string argument) =>
            new(
                index,
                $"Initialize.XavierConvolution({CSharpLiteral.Of(takes)}, {CSharpLiteral.Of(level.Channels)}, {form})",
                argument,
                $"m{first + index}",
                level.Shape
            );
    }

    // A level that the next one's convolution has taken must stay as it was for the backward pass.
    private static string Merge(int index, string name, string coarser, int used)
    {
        var enlarged = $"UpsampledMap.CutTo(upsample_modules[{CSharpLiteral.Of(index)}].call({coarser}), {name})";
        return index < used ? $"{name}.add_({enlarged});" : $"{name} = {name} + {enlarged};";
    }

    private static IEnumerable<LayerName> Names(string place, int first, int used, int count, IReadOnlyList<UpsamplingPlan> upsamplers) =>
        [
            .. PyramidInputs.Names(place, first, used),
            .. Enumerable
                .Range(used, count - used)
                .SelectMany(index =>
                    new LayerName[]
                    {
                        new($"{place}.lateral_convs.{index}.conv", null, null),
                        new($"{place}.fpn_convs.{index}.conv", null, null),
                    }
                ),
            .. upsamplers.SelectMany(
                (upsampler, index) => upsampler.Layer.Leaves($"{place}.upsample_modules.{index}").Select(LayerName.Of)
            ),
        ];

    /// <summary>A level's first convolution, and what both of them cost.</summary>
    private sealed record LevelPlan(CarafeFpnLateral Print, int Inputs, int Kernel, Level Level)
    {
        public string Kind => Kernel == 1 ? "1x1 and 3x3 convolution" : "3x3 convolution, stride 2, and 3x3 convolution";

        public Cost Cost(ImageSize size) =>
            Shapes.Cost.Convolution(Inputs, Level.Channels, Kernel, true, size.Cells(Level.Stride)).At($"lateral_convs.{Print.Index}.conv")
            + Shapes
                .Cost.Convolution(Level.Channels, Level.Channels, 3, true, size.Cells(Level.Stride))
                .At($"fpn_convs.{Print.Index}.conv");
    }
}
