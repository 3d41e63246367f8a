using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Tests.Vectors;

/// <summary>What a key such as <c>lvis/segm_without_bbox/max_dets=20</c> says was evaluated.</summary>
internal sealed record VectorKey(EvaluationSettings Settings, bool WithoutBoxes, bool WithoutMasks)
{
    public static VectorKey Parse(string key)
    {
        var parts = key.Split('/');
        var iouType = parts[1].StartsWith("bbox", StringComparison.Ordinal) ? IouType.Boxes : IouType.Masks;
        var settings = parts[0] == "lvis" ? EvaluationSettings.Lvis(iouType) : EvaluationSettings.Coco(iouType);
        settings = parts.ElementAtOrDefault(2) switch
        {
            null => settings,
            "class_agnostic" => settings with { ClassAgnostic = true },
            "max_dets=20" => settings with { MaxDetectionsPerImage = 20 },
            "max_dets=unlimited" => settings with { MaxDetectionsPerImage = null },
            var other => throw new NotSupportedException(other),
        };
        return new VectorKey(
            settings,
            parts[1].EndsWith("_without_bbox", StringComparison.Ordinal),
            parts[1].EndsWith("_without_segm", StringComparison.Ordinal)
        );
    }

    public List<DetectionResult> Prepare(List<DetectionResult> results) =>
        [.. results.Select(result => result with { Box = WithoutBoxes ? null : result.Box, Mask = WithoutMasks ? null : result.Mask })];

    /// <summary>The reference's rule for files without crowds of their own: under COCO every 17th annotation is one.</summary>
    public AnnotationSet Prepare(AnnotationSet truth, string file) =>
        Settings.Rules == EvaluationRules.Coco && file.Contains("lvis", StringComparison.Ordinal)
            ? truth with
            {
                Annotations = [.. truth.Annotations.Select(annotation => annotation with { IsCrowd = annotation.Id % 17 == 0 })],
            }
            : truth;
}
