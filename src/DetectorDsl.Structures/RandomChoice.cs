namespace DetectorDsl.Structures;

/// <summary>Draws some of many, each subset equally likely.</summary>
internal static class RandomChoice
{
    /// <summary>Draws so many of the candidates, whose order changes; all of them, in order, where there are no more.</summary>
    public static int[] Of(List<int> candidates, int wanted, RandomSource random)
    {
        if (candidates.Count <= wanted)
        {
            return [.. candidates];
        }

        // The first steps of a shuffle.
        for (var i = 0; i < wanted; i++)
        {
            var j = i + random.NextInt(candidates.Count - i);
            (candidates[i], candidates[j]) = (candidates[j], candidates[i]);
        }

        return [.. candidates.Take(wanted)];
    }
}
