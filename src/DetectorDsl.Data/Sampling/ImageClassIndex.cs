using System.Collections.Immutable;

namespace DetectorDsl.Data.Sampling;

/// <summary>Which classes each image holds, each once.</summary>
/// <param name="Classes">Number of classes, C.</param>
/// <param name="Labels">Distinct labels (0 to C - 1) of each image.</param>
public sealed record ImageClassIndex(int Classes, ImmutableArray<ImmutableArray<int>> Labels)
{
    /// <summary>Number of images that hold each class.</summary>
    /// <returns>C counts.</returns>
    public int[] ImageCounts()
    {
        var counts = new int[Classes];
        foreach (var labels in Labels)
        {
            foreach (var label in labels)
            {
                counts[label]++;
            }
        }

        return counts;
    }
}
