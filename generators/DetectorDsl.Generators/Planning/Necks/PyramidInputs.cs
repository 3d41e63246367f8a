using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Blocks;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Necks;

/// <summary>What a feature pyramid takes of the backbone, and how it counts and calls its levels.</summary>
internal static class PyramidInputs
{
    /// <summary>The backbone's maps from StartLevel on; null, and a problem, where they do not fit a pyramid of so many levels.</summary>
    public static Level[]? Of(ComponentValue component, IReadOnlyList<Level> inputs, PlanContext context)
    {
        var (count, start) = (component.Integer("Levels"), component.Integer("StartLevel"));
        if (start >= inputs.Count)
        {
            context.Report(
                Problems.LevelCountWrong(
                    component["StartLevel"].Origin,
                    "the backbone",
                    inputs.Count,
                    component.Name,
                    $"more than StartLevel, {start}"
                )
            );
            return null;
        }

        var used = inputs.Skip(start).ToArray();
        if (count < used.Length)
        {
            context.Report(
                Problems.LevelCountWrong(
                    component["Levels"].Origin,
                    component.Name,
                    count,
                    "the backbone",
                    $"at least {used.Length}, one for each of its maps"
                )
            );
            return null;
        }

        for (var i = 1; i < used.Length; i++)
        {
            if (used[i].Stride != 2 * used[i - 1].Stride)
            {
                context.Report(
                    Problems.StridesDoNotMatch(
                        component.Origin,
                        component.Name,
                        "that double from map to map",
                        string.Join(", ", used.Select(static level => level.Stride))
                    )
                );
                return null;
            }
        }

        return used;
    }

    /// <summary>The levels that a pyramid yields, each of twice the stride of the one before.</summary>
    public static EquatableArray<Level> Levels(ComponentValue component, IReadOnlyList<Level> used) =>
        Enumerable
            .Range(0, component.Integer("Levels"))
            .Select(index => new Level(component.Integer("Channels"), used[0].Stride << index))
            .ToEquatableArray();

    /// <summary>A level's number: the logarithm of its stride.</summary>
    public static int Exponent(int stride) => (int)Math.Round(Math.Log(stride, 2));

    /// <summary>The 1x1 convolution of one of the backbone's maps, as others have it, too.</summary>
    /// <param name="input">The map.</param>
    /// <param name="index">Its level, from 0.</param>
    /// <param name="level">What it yields.</param>
    /// <param name="norm">Its normalisation.</param>
    /// <param name="size">Size of the images.</param>
    public static CompositeLayer Lateral(Level input, int index, Level level, NormalizationPlan? norm, ImageSize size) =>
        Named(Convolution(input.Channels, 1, level, norm, size), norm, "inner_blocks", "fpn_lateral", index, level);

    /// <summary>The 3x3 convolution that yields the level of one of the backbone's maps, as others have it, too.</summary>
    /// <param name="index">The level, from 0.</param>
    /// <param name="level">What it yields.</param>
    /// <param name="norm">Its normalisation.</param>
    /// <param name="size">Size of the images.</param>
    public static CompositeLayer Output(int index, Level level, NormalizationPlan? norm, ImageSize size) =>
        Named(Convolution(level.Channels, 3, level, norm, size), norm, "layer_blocks", "fpn_output", index, level);

    /// <summary>A convolution that yields a level.</summary>
    public static ConvolutionLayer Convolution(int from, int kernel, Level level, NormalizationPlan? norm, ImageSize size) =>
        new(from, level.Channels, kernel)
        {
            HasBias = norm is null,
            Initial = InitialWeights.Xavier,
            Places = size.Cells(level.Stride),
            Shape = level.Shape,
        };

    // torchvision, ops/feature_pyramid_network.py; detectron2, modeling/backbone/fpn.py, which counts levels by their strides.
    private static CompositeLayer Named(
        ConvolutionLayer convolution,
        NormalizationPlan? norm,
        string torchvision,
        string detectron2,
        int index,
        Level level
    )
    {
        var theirs = $"backbone.fpn.{torchvision}.{index}";
        return ConvolutionBlocks.Of(convolution, norm, theirs, $"backbone.{detectron2}{Exponent(level.Stride)}", earlier: theirs);
    }
}
