namespace DetectorDsl.Generators.Tests.Architecture;

/// <summary>Finds the folders that use each other, directly or by others.</summary>
internal static class FolderCircles
{
    /// <summary>The circles, each in order; two that share a folder are one.</summary>
    /// <param name="arrows">Which folder uses which.</param>
    public static IReadOnlyList<IReadOnlyList<string>> In(IReadOnlyCollection<(string From, string To)> arrows)
    {
        var reached = arrows.Select(arrow => arrow.From).Distinct().ToDictionary(folder => folder, folder => Reached(folder, arrows));
        return
        [
            .. reached
                .Where(item => item.Value.Contains(item.Key))
                .Select(item =>
                    item.Value.Where(other => reached.TryGetValue(other, out var back) && back.Contains(item.Key))
                        .Order(StringComparer.Ordinal)
                )
                .Select(circle => circle.ToList())
                .DistinctBy(circle => circle[0]),
        ];
    }

    private static HashSet<string> Reached(string folder, IReadOnlyCollection<(string From, string To)> arrows)
    {
        var reached = new HashSet<string>();
        var open = new Queue<string>([folder]);
        while (open.TryDequeue(out var next))
        {
            foreach (var (_, to) in arrows.Where(arrow => arrow.From == next && reached.Add(arrow.To)))
            {
                open.Enqueue(to);
            }
        }

        return reached;
    }
}
