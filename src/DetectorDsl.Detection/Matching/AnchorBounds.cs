using System.Numerics;
using DetectorDsl.Structures;

namespace DetectorDsl.Detection.Matching;

/// <summary>Which anchors of an image take part in training: by default those whose place lies within the image's own padded size.</summary>
/// <remarks>Source: mmdetection, anchor_generator.py (valid_flags) and anchor/utils.py (anchor_inside_flags).</remarks>
/// <param name="allowedBorder">How far beyond its image, in pixels, an anchor may reach; below 0 there is no such bound.</param>
/// <param name="inPadding">Whether anchors take part, too, whose place is in what the batch adds to the image's own padding.</param>
internal sealed class AnchorBounds(int allowedBorder = -1, bool inPadding = false)
{
    /// <summary>Assigns the anchors of an image that take part: an object keeps its best among these. The others are ignored.</summary>
    /// <param name="anchors">K x 4 numbers.</param>
    /// <param name="shape">Sizes of the image.</param>
    /// <param name="numbers">What the assignment goes by: K x n numbers, the anchors themselves or others.</param>
    /// <param name="assign">Assigns by the numbers of those that take part.</param>
    /// <returns>The object of each of the K anchors.</returns>
    public Assignment Assign<T>(T[] anchors, ImageShape shape, T[] numbers, Func<T[], Assignment> assign)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var count = anchors.Length / 4;
        int[] chosen = [.. Enumerable.Range(0, count).Where(anchor => TakesPart<T>(anchors.AsSpan(anchor * 4, 4), shape))];
        return chosen.Length == count ? assign(numbers) : Spread(assign(Rows(numbers, chosen, numbers.Length / count)), chosen, count);
    }

    private static T[] Rows<T>(T[] numbers, int[] rows, int width)
    {
        var chosen = new T[rows.Length * width];
        for (var i = 0; i < rows.Length; i++)
        {
            numbers.AsSpan(rows[i] * width, width).CopyTo(chosen.AsSpan(i * width));
        }

        return chosen;
    }

    private static Assignment Spread(Assignment own, int[] rows, int count)
    {
        var (matched, overlaps) = (new int[count], new float[count]);
        Array.Fill(matched, Assignment.Ignored);
        for (var i = 0; i < rows.Length; i++)
        {
            (matched[rows[i]], overlaps[rows[i]]) = (own.Matched[i], own.Overlaps[i]);
        }

        return new Assignment(matched, overlaps);
    }

    private bool TakesPart<T>(ReadOnlySpan<T> anchor, ImageShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        (inPadding || (PlaceOf(anchor[0], anchor[2]) < shape.PaddedWidth && PlaceOf(anchor[1], anchor[3]) < shape.PaddedHeight))
        && (allowedBorder < 0 || IsInside(anchor, shape));

    // Places are multiples of a stride: rounding takes away what the anchor's sides have taken from its centre.
    private static double PlaceOf<T>(T low, T high)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Math.Round(double.CreateTruncating(low + high) / 2);

    private bool IsInside<T>(ReadOnlySpan<T> anchor, ImageShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var least = T.CreateTruncating(-allowedBorder);
        return anchor[0] >= least
            && anchor[1] >= least
            && anchor[2] < T.CreateTruncating(shape.Width + allowedBorder)
            && anchor[3] < T.CreateTruncating(shape.Height + allowedBorder);
    }
}
