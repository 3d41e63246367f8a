using System.Numerics;
using DetectorDsl.Structures;

namespace DetectorDsl.Detection.Selection;

/// <summary>Turns scored regions into detections: threshold, suppression per class, best of the image.</summary>
/// <remarks>Bounds are taken in the scores' and boxes' precision, as torch and mmcv's nms do. Source: mmdetection, bbox_head.py and bbox_nms.py.</remarks>
/// <param name="scoreThreshold">Pairs of box and class must score more than this.</param>
/// <param name="nmsIou">NMS threshold: IoU above which the weaker of two boxes of a class is suppressed.</param>
/// <param name="maxPerImage">Detections kept per image.</param>
/// <param name="minSize">Least width and height of a box in pixels.</param>
public sealed class DetectionSelector(double scoreThreshold, double nmsIou, int maxPerImage, double minSize = 0)
{
    /// <summary>Selects the detections of a batch.</summary>
    /// <param name="regions">Scored regions of each image.</param>
    /// <returns>For each image boxes in pixels of the resized image, without masks.</returns>
    public ImageDetections[] Select(IReadOnlyList<IScoredRegions> regions)
    {
        ArgumentNullException.ThrowIfNull(regions);
        var detections = new ImageDetections[regions.Count];
        Parallel.For(0, detections.Length, image => detections[image] = SelectImage(regions[image]));
        return detections;
    }

    private ImageDetections SelectImage(IScoredRegions regions) =>
        regions is IScoredRegions<double> exact ? SelectImage(exact) : SelectImage((IScoredRegions<float>)regions);

    private ImageDetections SelectImage<T>(IScoredRegions<T> regions)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var candidates = new DetectionCandidates<T>(minSize);
        var classes = regions.Classes;
        var scores = regions.Scores;
        var least = T.CreateTruncating(scoreThreshold);
        for (var region = 0; region < regions.Count; region++)
        {
            for (var label = 0; label < classes; label++)
            {
                var score = scores[(region * (classes + 1)) + label];
                if (score > least)
                {
                    candidates.Add(regions.Box(region, label), score * regions.Confidence(region, label), label);
                }
            }
        }

        return candidates.Select(nmsIou, maxPerImage, regions.Shape);
    }
}
