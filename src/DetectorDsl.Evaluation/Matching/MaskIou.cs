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
            throw new AnnotationException("Masks were to be compared, but no annotation has a segmentation: compare boxes, or use an annotation file with masks.");
        }
    }

    internal override void Fill(TruthIndex truth, Range objects, DetectionTable detections, ReadOnlySpan<int> rows, Span<double> ious)
    {
        var (first, count) = objects.GetOffsetAndLength(truth.Objects.Length);
        for (var o = 0; o < count; o++)
        {
            ref readonly var target = ref truth.Objects[first + o];
            var mask = truth.Mask(target);
            for (var d = 0; d < rows.Length; d++)
            {
                ious[(d * count) + o] = mask is null ? 0 : RleMask.Overlap(detections.Mask(rows[d]), mask, target.IsCrowd);
            }
        }
    }
}
