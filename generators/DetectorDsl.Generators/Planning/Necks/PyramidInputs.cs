using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Blocks;
using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.Shapes;

namespace DetectorDsl.Generators.Planning.Necks;

/// <summary>What a feature pyramid takes of the trunk, and how it counts and calls its levels.</summary>
internal static class PyramidInputs
{
    /// <summary>The trunk's maps from StartLevel on; null, and a problem, where they do not fit a pyramid of so many levels.</summary>
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

    /// <summary>A level's number: the logarithm of its stride.</summary>
    public static int Exponent(int stride) => (int)Math.Round(Math.Log(stride, 2));

    /// <summary>The laterals, then the output convolutions of the trunk's maps.</summary>
    /// <remarks>torchvision, ops/feature_pyramid_network.py; detectron2, modeling/backbone/fpn.py, which counts levels by their strides.</remarks>
    public static IEnumerable<LayerName> Names(string place, int first, int count, NormalizationPlan? norm = null) =>
        [
            .. Enumerable
                .Range(0, count)
                .SelectMany(index => Name(place, "lateral_convs", "inner_blocks", "fpn_lateral", index, first, norm)),
            .. Enumerable.Range(0, count).SelectMany(index => Name(place, "fpn_convs", "layer_blocks", "fpn_output", index, first, norm)),
        ];

    private static IEnumerable<LayerName> Name(
        string place,
        string own,
        string torchvision,
        string detectron2,
        int index,
        int first,
        NormalizationPlan? norm
    )
    {
        var theirs = $"backbone.fpn.{torchvision}.{index}";
        return ConvolutionBlocks.Names($"{place}.{own}.{index}", theirs, $"backbone.{detectron2}{first + index}", norm, earlier: theirs);
    }
}
