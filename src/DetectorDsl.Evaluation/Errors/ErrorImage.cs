using DetectorDsl.Evaluation.Matching;

namespace DetectorDsl.Evaluation.Errors;

/// <summary>The objects of an image, with what has been found of them.</summary>
/// <param name="objects">The objects.</param>
/// <param name="ious">Overlaps, detections x objects.</param>
internal sealed class ErrorImage(ReadOnlyMemory<TruthObject> objects, double[] ious)
{
    private readonly bool[] taken = new bool[objects.Length];

    /// <summary>Finds the free object of a category that the detection overlaps most.</summary>
    public bool Find(int detection, int category, double threshold) =>
        Best(detection, threshold, target => target.Category == category) >= 0;

    /// <summary>Finds the free object of any category that the detection overlaps most; its category.</summary>
    public int? FindAny(int detection, double threshold) =>
        Best(detection, threshold, _ => true) is >= 0 and var place ? objects.Span[place].Category : null;

    /// <summary>The largest overlap with an object of the category that need not be found, such as a crowd.</summary>
    public double Crowd(int detection, int category) =>
        Largest(detection, target => target.IsIgnored && target.Category == category, onlyTaken: false);

    /// <summary>The largest overlaps with objects of the category, with those of them that are found, and with objects of other categories.</summary>
    public (double Same, double Taken, double Other) Nearest(int detection, int category) =>
        (
            Largest(detection, target => !target.IsIgnored && target.Category == category, onlyTaken: false),
            Largest(detection, target => !target.IsIgnored && target.Category == category, onlyTaken: true),
            Largest(detection, target => !target.IsIgnored && target.Category != category, onlyTaken: false)
        );

    /// <summary>Categories of the objects that were not found.</summary>
    public IEnumerable<int> Missed()
    {
        for (var o = 0; o < objects.Length; o++)
        {
            var target = objects.Span[o];
            if (!taken[o] && !target.IsIgnored)
            {
                yield return target.Category;
            }
        }
    }

    private int Best(int detection, double threshold, Predicate<TruthObject> counts)
    {
        var (best, place) = (threshold, -1);
        for (var o = 0; o < objects.Length; o++)
        {
            var iou = ious[(detection * objects.Length) + o];
            if (iou >= best && !taken[o] && !objects.Span[o].IsIgnored && counts(objects.Span[o]))
            {
                (best, place) = (iou, o);
            }
        }

        if (place >= 0)
        {
            taken[place] = true;
        }

        return place;
    }

    private double Largest(int detection, Predicate<TruthObject> counts, bool onlyTaken)
    {
        var largest = 0.0;
        for (var o = 0; o < objects.Length; o++)
        {
            if ((!onlyTaken || taken[o]) && counts(objects.Span[o]))
            {
                largest = Math.Max(largest, ious[(detection * objects.Length) + o]);
            }
        }

        return largest;
    }
}
