namespace DetectorDsl.Training.Evaluating;

/// <summary>How often a classifier put the right class first among the C classes, on ground-truth boxes.</summary>
/// <param name="Hits">Boxes of each class that got it right: C numbers.</param>
/// <param name="Boxes">Boxes of each class: C numbers.</param>
internal sealed record ClassAccuracy(int[] Hits, int[] Boxes)
{
    /// <summary>Share of a class's boxes, 0 to 1; null where it has none.</summary>
    public double? Of(int label) => Boxes[label] == 0 ? null : (double)Hits[label] / Boxes[label];

    /// <summary>Mean over the classes that have boxes; null where none has.</summary>
    public double? Mean =>
        Enumerable.Range(0, Boxes.Length).Select(Of).OfType<double>().ToList() is { Count: > 0 } known ? known.Average() : null;
}
