using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Custom;

/// <summary>Output levels of a backbone or neck of the user's own, from its [OutputLevels].</summary>
internal static class UserLevels
{
    /// <summary>The levels; null, and a problem, where the attribute is absent or its numbers do not fit together.</summary>
    public static EquatableArray<Level>? Of(ComponentValue component, IReadOnlyList<Level> inputs, PlanContext context)
    {
        if (component.Info.OutputLevels is not { } stated)
        {
            context.Report(
                Problems.ComponentNotUsable(
                    component.Origin,
                    component.Name,
                    "[OutputLevels] has to state the channels and strides that it yields"
                )
            );
            return null;
        }

        var strides = Numbers(component, stated.Strides, stated.StridesFrom) ?? [.. inputs.Select(level => level.Stride)];
        var channels = Numbers(component, stated.Channels, stated.ChannelsFrom) ?? [.. inputs.Select(level => level.Channels)];
        if (channels.Length == 1)
        {
            channels = [.. strides.Select(_ => channels[0])];
        }

        if (strides.Length == 0 || channels.Length != strides.Length)
        {
            context.Report(
                Problems.ComponentNotUsable(
                    component.Origin,
                    component.Name,
                    $"[OutputLevels] states {channels.Length} channel counts for {strides.Length} strides"
                )
            );
            return null;
        }

        if (
            channels.Concat(strides).Any(static number => number < 1)
            || strides.Zip(strides.Skip(1), static (finer, coarser) => finer >= coarser).Any(static falls => falls)
        )
        {
            context.Report(
                Problems.ComponentNotUsable(
                    component.Origin,
                    component.Name,
                    $"[OutputLevels] states channels {ValueCode.Numbers(channels)} and strides {ValueCode.Numbers(strides)}. Channels have to be 1 or more, strides, too, and to rise from the finest level"
                )
            );
            return null;
        }

        return strides.Zip(channels, static (stride, channel) => new Level(channel, stride)).ToEquatableArray();
    }

    /// <summary>A part whose class the user wrote: one row per level, whose layers are unknown.</summary>
    public static PartPlan Part(ObjectCode code, string name, ComponentValue component, IEnumerable<Level> levels) =>
        new(
            code,
            null,
            levels
                .Select(
                    (level, index) =>
                        new DescriptionRow($"{name}[{index}]", component.Name, level.Shape, [new("", new OwnLayer(code, component.Name))])
                )
                .ToEquatableArray()
        );

    private static int[]? Numbers(ComponentValue component, EquatableArray<int> stated, string? property)
    {
        if (property is null)
        {
            return stated.Count == 0 ? null : [.. stated];
        }

        return component[property] is ListValue ? [.. component.Integers(property)] : [component.Integer(property)];
    }
}
