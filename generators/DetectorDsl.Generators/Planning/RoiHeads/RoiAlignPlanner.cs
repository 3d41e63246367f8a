using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>How features are cut out for regions: its object, cells per side, channels.</summary>
internal sealed record RoiFeatures(ObjectCode Code, int Size, int Channels)
{
    /// <summary>Cells of a region.</summary>
    public int Area => Size * Size;

    /// <summary>Shape of the features of R regions.</summary>
    public string Shape => $"R x {Channels} x {Size} x {Size}";
}

/// <summary>Plans RoIAlign on a pyramid (He et al. 2017; FPN, equation 1).</summary>
internal static class RoiAlignPlanner
{
    public static RoiFeatures? Plan(ComponentValue component, IReadOnlyList<Level> pyramid, int coarsestOfBackbone, PlanContext context)
    {
        if (!component.Info.Is("DetectorDsl.RoiAlign"))
        {
            context.Report(
                Problems.ComponentNotUsable(
                    component.Origin,
                    component.Name,
                    "extractors of one's own are not supported; derive from RoiAlign"
                )
            );
            return null;
        }

        int[] strides = component.IsNull("Strides")
            ? [.. pyramid.Select(static level => level.Stride).Where(stride => stride <= coarsestOfBackbone)]
            : [.. component.Integers("Strides")];
        var used = pyramid.Take(strides.Length).ToList();
        if (!strides.SequenceEqual(used.Select(static level => level.Stride)))
        {
            context.Report(
                Problems.StridesDoNotMatch(
                    component["Strides"].Origin,
                    component.Name,
                    string.Join(", ", strides),
                    string.Join(", ", pyramid.Select(static level => level.Stride))
                )
            );
            return null;
        }

        if (used.Any(level => level.Channels != used[0].Channels))
        {
            context.Report(
                Problems.ChannelsDoNotMatch(
                    component.Origin,
                    component.Name,
                    $"{used[0].Channels} on every level",
                    "the neck",
                    string.Join(", ", used.Select(static level => level.Channels))
                )
            );
            return null;
        }

        var size = component.Integer("OutputSize");
        var code = ObjectCode.New(
            Operators + "MultiLevelRoIAlign",
            ValueCode.Named("outputSize", component["OutputSize"]),
            ValueCode.Named("samplingRatio", component["SamplingRatio"]),
            ValueCode.Named("aligned", component["Aligned"]),
            $"strides: {ValueCode.Numbers(strides)}",
            ValueCode.Named("finestScale", component["FinestScale"])
        );
        return new RoiFeatures(code, size, used[0].Channels);
    }
}
