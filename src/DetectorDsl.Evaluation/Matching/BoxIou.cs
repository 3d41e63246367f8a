using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Matching;

/// <summary>Overlap of boxes; with a crowd, the share of the detection that lies in it.</summary>
internal sealed class BoxIou() : IouType("bbox")
{
    internal override bool NeedsMasks => false;

    internal override void Check(TruthIndex truth) { }

    internal override void Fill(TruthIndex truth, Range objects, DetectionTable detections, ReadOnlySpan<int> rows, Span<double> ious)
    {
        var (first, count) = objects.GetOffsetAndLength(truth.Objects.Length);
        for (var d = 0; d < rows.Length; d++)
        {
            var box = detections.Box(rows[d]);
            for (var o = 0; o < count; o++)
            {
                ref readonly var target = ref truth.Objects[first + o];
                ious[(d * count) + o] = Overlap(box, target.Annotation.Box, target.IsCrowd);
            }
        }
    }

    internal static double Overlap(Box detection, Box target, bool isCrowd)
    {
        var width = Math.Min(detection.X + detection.Width, target.X + target.Width) - Math.Max(detection.X, target.X);
        var height = Math.Min(detection.Y + detection.Height, target.Y + target.Height) - Math.Max(detection.Y, target.Y);
        if (width <= 0 || height <= 0)
        {
            return 0;
        }

        var common = width * height;
        return common / (isCrowd ? detection.Area : detection.Area + target.Area - common);
    }
}
