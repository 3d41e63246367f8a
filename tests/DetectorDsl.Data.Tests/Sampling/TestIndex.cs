using System.Collections.Immutable;
using DetectorDsl.Data.Sampling;

namespace DetectorDsl.Data.Tests.Sampling;

internal static class TestIndex
{
    public static ImageClassIndex Of(int classes, params int[][] labels) =>
        new(classes, [.. labels.Select(list => list.ToImmutableArray())]);

    /// <summary>Images of one class each: first counts[0] images of class 0, then counts[1] of class 1 ...</summary>
    public static ImageClassIndex OfCounts(params int[] counts) =>
        Of(counts.Length, [.. counts.SelectMany((count, label) => Enumerable.Repeat(new[] { label }, count))]);
}
