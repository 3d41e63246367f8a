using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Matching;

/// <summary>Overlap of masks, by run arithmetic; with a crowd, the share of the detection that lies in it.</summary>
internal sealed class MaskIou() : IouType("segm")
{
    internal override bool NeedsMasks => true;

    internal override void Check(TruthIndex truth)
    {
        if (truth.Objects.Length > 0 && !Array.Exists(truth.Objects, item => item.Annotation.Segmentation is not null))
        {
            throw new AnnotationException(
                "Masks were to be compared, but no annotation has a segmentation: compare boxes, or use an annotation file with masks."
            );
        }
    }

    internal override void Fill(TruthIndex truth, Range objects, DetectionTable detections, ReadOnlySpan<int> rows, Span<double> ious)
    {
        var (first, count) = objects.GetOffsetAndLength(truth.Objects.Length);
        var masks = new RleMask?[count];
        var bounds = new Box[count];
        for (var o = 0; o < count; o++)
        {
            masks[o] = truth.Mask(truth.Objects[first + o]);
            bounds[o] = masks[o]?.Bounds ?? default;
        }

        for (var d = 0; d < rows.Length; d++)
        {
            var mask = detections.Mask(rows[d]);
            var box = mask.Bounds;
            for (var o = 0; o < count; o++)
            {
                // Boxes are compared first: most masks have nothing in common.
                // Masks of other sizes have nothing in common, as in pycocotools.
                ious[(d * count) + o] =
                    masks[o] is { } target
                    && target.Height == mask.Height
                    && target.Width == mask.Width
                    && BoxIou.Overlap(box, bounds[o], isCrowd: false) > 0
                        ? RleMask.Overlap(mask, target, truth.Objects[first + o].IsCrowd)
                        : 0;
            }
        }
    }
}
