using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;

namespace DetectorDsl.Generators.Planning.Shapes;

/// <summary>What heads that are shared by all levels presuppose.</summary>
internal static class PyramidChannels
{
    /// <summary>The channels of every level; null, and a problem at the head, where they differ.</summary>
    public static int? Shared(ComponentValue head, IReadOnlyList<Level> pyramid, PlanContext context)
    {
        if (pyramid.All(level => level.Channels == pyramid[0].Channels))
        {
            return pyramid[0].Channels;
        }

        context.Report(
            Problems.ChannelsDoNotMatch(
                head.Origin,
                head.Name,
                $"{pyramid[0].Channels} on every level",
                "the neck",
                string.Join(", ", pyramid.Select(static level => level.Channels))
            )
        );
        return null;
    }
}
