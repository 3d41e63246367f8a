namespace DetectorDsl.Runtime.Heads;

/// <summary>Assigns each box to the object it overlaps most.</summary>
/// <remarks>Source: Faster R-CNN, section 3.1.2; mmdetection, max_iou_assigner.py.</remarks>
/// <param name="positiveIou">A box is positive at this overlap or more.</param>
/// <param name="negativeIou">A box is negative below this overlap.</param>
/// <param name="minPositiveIou">Least overlap at which an object's best boxes become positive.</param>
/// <param name="matchLowQuality">Whether each object keeps its best boxes, all that share its largest overlap, which has to be above 0.</param>
/// <param name="boxesKeepNearest">Whether a box that is kept so goes to the object that it overlaps most itself (torchvision) or to the one that keeps it.</param>
public sealed class MaxIouAssigner(double positiveIou, double negativeIou, double minPositiveIou, bool matchLowQuality = true, bool boxesKeepNearest = false) : IBoxAssigner
{
    /// <inheritdoc />
    public Assignment Assign(ReadOnlySpan<float> boxes, ReadOnlySpan<float> truths)
    {
        var (count, objects) = (boxes.Length / 4, truths.Length / 4);
        var matching = new Matching(count, objects, minPositiveIou);
        var overlaps = new float[count];
        for (var g = 0; g < objects; g++)
        {
            Overlaps(boxes, truths.Slice(g * 4, 4), overlaps);
            matching.Consider(g, overlaps);
        }

        return Decide(matching);
    }

    /// <summary>Assigns from given overlaps.</summary>
    /// <param name="overlaps">G rows of B overlaps.</param>
    /// <param name="count">B.</param>
    /// <returns>The object of each box.</returns>
    public Assignment Match(IReadOnlyList<float[]> overlaps, int count)
    {
        ArgumentNullException.ThrowIfNull(overlaps);
        var matching = new Matching(count, overlaps.Count, minPositiveIou);
        for (var g = 0; g < overlaps.Count; g++)
        {
            matching.Consider(g, overlaps[g]);
        }

        return Decide(matching);
    }

    /// <summary>Assigns from overlaps that are computed for one object after the other.</summary>
    /// <param name="objects">G.</param>
    /// <param name="count">B.</param>
    /// <param name="overlapsOf">Fills the B overlaps of an object.</param>
    /// <returns>The object of each box.</returns>
    internal Assignment Match(int objects, int count, Action<int, float[]> overlapsOf)
    {
        var matching = new Matching(count, objects, minPositiveIou);
        var overlaps = new float[count];
        for (var g = 0; g < objects; g++)
        {
            overlapsOf(g, overlaps);
            matching.Consider(g, overlaps);
        }

        return Decide(matching);
    }

    private Assignment Decide(Matching matching)
    {
        var best = matching.Best;
        var matched = new int[best.Length];
        for (var box = 0; box < matched.Length; box++)
        {
            var nearest = matching.Nearest[box];
            matched[box] = nearest >= 0 && best[box] >= positiveIou ? nearest : best[box] < negativeIou ? Assignment.Negative : Assignment.Ignored;
        }

        for (var g = 0; matchLowQuality && g < matching.Winners.Length; g++)
        {
            foreach (var box in matching.Winners[g])
            {
                matched[box] = boxesKeepNearest ? matching.Nearest[box] : g;
            }
        }

        return new Assignment(matched, best);
    }

    private static void Overlaps(ReadOnlySpan<float> boxes, ReadOnlySpan<float> truth, Span<float> overlaps)
    {
        var area = (truth[2] - truth[0]) * (truth[3] - truth[1]);
        for (var i = 0; i < overlaps.Length; i++)
        {
            var box = boxes.Slice(i * 4, 4);
            var width = MathF.Min(box[2], truth[2]) - MathF.Max(box[0], truth[0]);
            var height = MathF.Min(box[3], truth[3]) - MathF.Max(box[1], truth[1]);
            var intersection = width > 0 && height > 0 ? width * height : 0;
            overlaps[i] = intersection > 0 ? intersection / (((box[2] - box[0]) * (box[3] - box[1])) + area - intersection) : 0;
        }
    }

    /// <summary>Best object of each box and best boxes of each object, object by object: a table of all overlaps would take hundreds of megabytes.</summary>
    private sealed class Matching
    {
        private readonly double leastOverlap;

        public Matching(int boxes, int objects, double leastOverlap)
        {
            this.leastOverlap = leastOverlap;
            Best = new float[boxes];
            Nearest = new int[boxes];
            Array.Fill(Nearest, -1);
            Winners = new List<int>[objects];
        }

        /// <summary>Largest overlap of each box.</summary>
        public float[] Best { get; }

        /// <summary>The object of that overlap, the first of several; -1 where there is none.</summary>
        public int[] Nearest { get; }

        /// <summary>The boxes that share each object's largest overlap; none where that is too small.</summary>
        public List<int>[] Winners { get; }

        public void Consider(int g, ReadOnlySpan<float> overlaps)
        {
            var winners = Winners[g] = [];
            var largest = 0f;
            for (var box = 0; box < overlaps.Length; box++)
            {
                var overlap = overlaps[box];
                if (Nearest[box] < 0 || overlap > Best[box])
                {
                    (Nearest[box], Best[box]) = (g, overlap);
                }

                if (overlap > largest)
                {
                    winners.Clear();
                    largest = overlap;
                }

                if (overlap > 0 && overlap == largest && overlap >= leastOverlap)
                {
                    winners.Add(box);
                }
            }
        }
    }
}
