using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Matching;

/// <summary>The smaller of the overlap of masks and the overlap of their borders.</summary>
internal sealed class BoundaryIou() : IouType("boundary")
{
    // Share of the image's diagonal that counts as border.
    private const double Share = 0.02;

    internal override bool NeedsMasks => true;

    internal override void Check(TruthIndex truth) => Masks.Check(truth);

    internal override void Fill(TruthIndex truth, Range objects, DetectionTable detections, ReadOnlySpan<int> rows, Span<double> ious)
    {
        Masks.Fill(truth, objects, detections, rows, ious);
        var (first, count) = objects.GetOffsetAndLength(truth.Objects.Length);
        var borders = new RleMask?[count];
        for (var d = 0; d < rows.Length; d++)
        {
            RleMask? border = null;
            for (var o = 0; o < count; o++)
            {
                ref var iou = ref ious[(d * count) + o];
                if (iou > 0)
                {
                    border ??= Border(detections.Mask(rows[d]));
                    borders[o] ??= Border(truth.Mask(truth.Objects[first + o])!);
                    iou = Math.Min(iou, RleMask.Overlap(border, borders[o]!, truth.Objects[first + o].IsCrowd));
                }
            }
        }
    }

    private static RleMask Border(RleMask mask) =>
        mask.Boundary(
            Math.Max(1, (int)Math.Round(Share * Math.Sqrt(((double)mask.Height * mask.Height) + ((double)mask.Width * mask.Width))))
        );
}
