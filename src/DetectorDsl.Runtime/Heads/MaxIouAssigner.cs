namespace DetectorDsl.Runtime.Heads;

/// <summary>Assigns each box to the object it overlaps most.</summary>
/// <remarks>Source: Faster R-CNN, section 3.1.2; mmdetection, max_iou_assigner.py.</remarks>
/// <param name="positiveIou">A box is positive at this overlap or more.</param>
/// <param name="negativeIou">A box is negative below this overlap.</param>
/// <param name="minPositiveIou">Least overlap at which an object's best boxes become positive.</param>
/// <param name="matchLowQuality">Whether each object keeps its best boxes, all that share its largest overlap.</param>
public sealed class MaxIouAssigner(double positiveIou, double negativeIou, double minPositiveIou, bool matchLowQuality = true) : IBoxAssigner
{
    /// <inheritdoc />
    public Assignment Assign(ReadOnlySpan<float> boxes, ReadOnlySpan<float> truths)
    {
        var (count, objects) = (boxes.Length / 4, truths.Length / 4);
        var overlaps = new float[objects][];
        for (var g = 0; g < objects; g++)
        {
            overlaps[g] = new float[count];
            Overlaps(boxes, truths.Slice(g * 4, 4), overlaps[g]);
        }

        return Match(overlaps, count);
    }

    /// <summary>Assigns from given overlaps.</summary>
    /// <param name="overlaps">G rows of B overlaps.</param>
    /// <param name="count">B.</param>
    /// <returns>The object of each box.</returns>
    public Assignment Match(IReadOnlyList<float[]> overlaps, int count)
    {
        ArgumentNullException.ThrowIfNull(overlaps);
        var matched = new int[count];
        var best = new float[count];
        for (var box = 0; box < count; box++)
        {
            var index = -1;
            for (var g = 0; g < overlaps.Count; g++)
            {
                if (index < 0 || overlaps[g][box] > best[box])
                {
                    (index, best[box]) = (g, overlaps[g][box]);
                }
            }

            matched[box] = index >= 0 && best[box] >= positiveIou ? index : best[box] < negativeIou ? Assignment.Negative : Assignment.Ignored;
        }

        if (matchLowQuality)
        {
            for (var g = 0; g < overlaps.Count; g++)
            {
                var largest = count == 0 ? 0 : System.Numerics.Tensors.TensorPrimitives.Max<float>(overlaps[g]);
                for (var box = 0; box < count && largest >= minPositiveIou; box++)
                {
                    if (overlaps[g][box] == largest)
                    {
                        matched[box] = g;
                    }
                }
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
            if (width > 0 && height > 0)
            {
                var intersection = width * height;
                overlaps[i] = intersection / (((box[2] - box[0]) * (box[3] - box[1])) + area - intersection);
            }
        }
    }
}
