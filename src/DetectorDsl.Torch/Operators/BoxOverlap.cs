using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>Overlaps of boxes (x1, y1, x2, y2).</summary>
public static class BoxOverlap
{
    private const double Epsilon = 1e-7;

    /// <summary>Intersection over union of every pair.</summary>
    /// <param name="first">A x 4.</param>
    /// <param name="second">B x 4.</param>
    /// <returns>A x B, 0 to 1; not a number where both boxes are empty.</returns>
    public static Tensor Iou(Tensor first, Tensor second)
    {
        using var scope = NewDisposeScope();
        return Parts(first, second).Iou.MoveToOuterDisposeScope();
    }

    /// <summary>Generalised IoU of every pair (Rezatofighi et al. 2019).</summary>
    /// <param name="first">A x 4.</param>
    /// <param name="second">B x 4.</param>
    /// <returns>A x B, -1 to 1.</returns>
    public static Tensor GeneralizedIou(Tensor first, Tensor second)
    {
        using var scope = NewDisposeScope();
        var (iou, union) = Parts(first, second);
        var (size, _) = Hull(first, second);
        var hull = size.select(-1, 0) * size.select(-1, 1);
        return (iou - ((hull - union) / hull)).MoveToOuterDisposeScope();
    }

    /// <summary>Distance IoU of every pair (Zheng et al. 2020): IoU less the squared distance of the centres over the hull's diagonal.</summary>
    /// <param name="first">A x 4.</param>
    /// <param name="second">B x 4.</param>
    /// <returns>A x B.</returns>
    public static Tensor DistanceIou(Tensor first, Tensor second)
    {
        using var scope = NewDisposeScope();
        return Distance(first, second).MoveToOuterDisposeScope();
    }

    /// <summary>Complete IoU of every pair (Zheng et al. 2020): distance IoU less a term for the difference of the aspect ratios.</summary>
    /// <param name="first">A x 4.</param>
    /// <param name="second">B x 4.</param>
    /// <returns>A x B.</returns>
    public static Tensor CompleteIou(Tensor first, Tensor second)
    {
        using var scope = NewDisposeScope();
        var (iou, _) = Parts(first, second);
        var angles = Angle(first).unsqueeze(1) - Angle(second).unsqueeze(0);
        var v = 4 / (Math.PI * Math.PI) * angles.pow(Scalars.Of(2));

        // The weight of the term counts as fixed, as in the reference.
        Tensor alpha;
        using (no_grad())
        {
            alpha = v / (1 - iou + v + Epsilon);
        }

        return (Distance(first, second) - (alpha * v)).MoveToOuterDisposeScope();
    }

    private static Tensor Angle(Tensor boxes) =>
        atan((boxes.select(1, 2) - boxes.select(1, 0)) / (boxes.select(1, 3) - boxes.select(1, 1)));

    private static Tensor Distance(Tensor first, Tensor second)
    {
        var (iou, _) = Parts(first, second);
        var (size, centres) = Hull(first, second);
        var diagonal = size.pow(Scalars.Of(2)).sum(-1) + Epsilon;
        return iou - (centres.pow(Scalars.Of(2)).sum(-1) / diagonal);
    }

    private static (Tensor Iou, Tensor Union) Parts(Tensor first, Tensor second)
    {
        var (a, b) = (first.unsqueeze(1), second.unsqueeze(0));
        var low = maximum(a.narrow(-1, 0, 2), b.narrow(-1, 0, 2));
        var high = minimum(a.narrow(-1, 2, 2), b.narrow(-1, 2, 2));
        var size = (high - low).clamp(min: Scalars.Of(0));
        var intersection = size.select(-1, 0) * size.select(-1, 1);
        var union = Area(a) + Area(b) - intersection;
        return (intersection / union, union);
    }

    private static Tensor Area(Tensor boxes) => (boxes.select(-1, 2) - boxes.select(-1, 0)) * (boxes.select(-1, 3) - boxes.select(-1, 1));

    private static (Tensor Size, Tensor Centres) Hull(Tensor first, Tensor second)
    {
        var (a, b) = (first.unsqueeze(1), second.unsqueeze(0));
        var size = (maximum(a.narrow(-1, 2, 2), b.narrow(-1, 2, 2)) - minimum(a.narrow(-1, 0, 2), b.narrow(-1, 0, 2))).clamp(
            min: Scalars.Of(0)
        );
        var centres = (a.narrow(-1, 0, 2) + a.narrow(-1, 2, 2) - b.narrow(-1, 0, 2) - b.narrow(-1, 2, 2)) / 2;
        return (size, centres);
    }
}
