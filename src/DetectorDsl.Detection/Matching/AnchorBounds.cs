using System.Numerics;
using DetectorDsl.Detection.Anchors;
using DetectorDsl.Structures;

namespace DetectorDsl.Detection.Matching;

/// <summary>Which anchors of an image take part in training: by default those whose place lies within the image's own padded size.</summary>
/// <remarks>Source: mmdetection, anchor_generator.py (valid_flags) and anchor/utils.py (anchor_inside_flags).</remarks>
/// <param name="allowedBorder">How far beyond its image, in pixels, an anchor may reach; below 0 there is no such bound.</param>
/// <param name="inPadding">Whether anchors take part, too, whose place is in what the batch adds to the image's own padding.</param>
internal sealed class AnchorBounds(int allowedBorder = -1, bool inPadding = false)
{
    /// <summary>Assigns the anchors of an image that take part: an object keeps its best among these. The others are ignored.</summary>
    /// <param name="anchors">K anchors.</param>
    /// <param name="shape">Sizes of the image.</param>
    /// <param name="candidates">What the assignment goes by: K times as many boxes, the anchors themselves or others.</param>
    /// <param name="assign">Assigns by the candidates of the anchors that take part.</param>
    /// <returns>The object of each of the K anchors.</returns>
    public Assignment Assign(Boxes anchors, ImageShape shape, Boxes candidates, Func<Boxes, Assignment> assign)
    {
        int[] chosen = [.. anchors.AreDouble ? Chosen<double>(anchors, shape) : Chosen<float>(anchors, shape)];
        return chosen.Length == anchors.Count
            ? assign(candidates)
            : Spread(assign(candidates.Select(chosen, candidates.Count / anchors.Count)), chosen, anchors.Count);
    }

    /// <summary>Assigns the anchors of a batch, each image's to its own objects.</summary>
    /// <param name="anchors">K anchors of each of the N images.</param>
    /// <param name="truths">Ground truth of the N images.</param>
    /// <param name="shapes">Sizes of the N images.</param>
    /// <param name="assigner">Which anchors are positive.</param>
    /// <returns>The object of each of the K anchors of each image.</returns>
    public Assignment[] Assign(
        ImageAnchors anchors,
        IReadOnlyList<GroundTruth> truths,
        IReadOnlyList<ImageShape> shapes,
        IBoxAssigner assigner
    )
    {
        var assignments = new Assignment[truths.Count];
        Parallel.For(0, assignments.Length, image =>
        {
            var own = anchors.Of(image);
            assignments[image] = Assign(own, shapes[image], own, boxes => assigner.Assign(boxes, truths[image].Boxes));
        });
        return assignments;
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

    private List<int> Chosen<T>(Boxes anchors, ImageShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var corners = anchors.In<T>();
        var chosen = new List<int>(corners.Length);
        for (var anchor = 0; anchor < corners.Length; anchor++)
        {
            if (TakesPart(corners[anchor], shape))
            {
                chosen.Add(anchor);
            }
        }

        return chosen;
    }

    private bool TakesPart<T>(Corners<T> anchor, ImageShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        (inPadding || (PlaceOf(anchor.X1, anchor.X2) < shape.PaddedWidth && PlaceOf(anchor.Y1, anchor.Y2) < shape.PaddedHeight))
        && (allowedBorder < 0 || IsInside(anchor, shape));

    // Places are multiples of a stride: rounding takes away what the anchor's sides have taken from its centre.
    private static double PlaceOf<T>(T low, T high)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Math.Round(double.CreateTruncating(low + high) / 2);

    private bool IsInside<T>(Corners<T> anchor, ImageShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var least = T.CreateTruncating(-allowedBorder);
        return anchor.X1 >= least
            && anchor.Y1 >= least
            && anchor.X2 < T.CreateTruncating(shape.Width + allowedBorder)
            && anchor.Y2 < T.CreateTruncating(shape.Height + allowedBorder);
    }
}
