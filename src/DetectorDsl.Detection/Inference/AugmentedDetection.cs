using System.Numerics;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Detection.Selection;
using DetectorDsl.Native;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Inference;

/// <summary>Test-time augmentation of detectors that propose regions: what several copies of an image show is put together.</summary>
/// <remarks>
/// Proposals of all copies are taken into one frame, that of the first copy, and suppressed against each other; each copy scores and refines the merged ones, in
/// all of the detector's passes; boxes and scores are averaged over the copies and selected once; masks' probabilities are mirrored back and averaged. Source:
/// mmdetection, test_mixins.py, cascade_roi_head.py and merge_augs.py.
/// </remarks>
public static class AugmentedDetection
{
    /// <summary>Finds objects.</summary>
    /// <typeparam name="TOptions">Thresholds and limits.</typeparam>
    /// <param name="model">The detector.</param>
    /// <param name="copies">The copies of N images, at least one.</param>
    /// <param name="options">Thresholds and limits.</param>
    /// <param name="nmsIou">NMS threshold: IoU above which the weaker of two proposals is suppressed.</param>
    /// <param name="maxProposals">Proposals kept per image.</param>
    /// <returns>Detections of each image, best first, in pixels of the images as stored, without masks.</returns>
    public static ImageDetections[] Detect<TOptions>(
        IRegionDetector<TOptions> model,
        IReadOnlyList<PreparedCopy> copies,
        TOptions options,
        double nmsIou,
        int maxProposals
    )
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        return MaskSelector.Restore(Find(model, copies, Features(model, copies), options, nmsIou, maxProposals));
    }

    /// <summary>Finds and segments objects.</summary>
    /// <typeparam name="TOptions">Thresholds and limits.</typeparam>
    /// <param name="model">The detector.</param>
    /// <param name="copies">The copies of N images, at least one.</param>
    /// <param name="options">Thresholds and limits.</param>
    /// <param name="nmsIou">NMS threshold: IoU above which the weaker of two proposals is suppressed.</param>
    /// <param name="maxProposals">Proposals kept per image.</param>
    /// <returns>Detections of each image with masks, best first, in pixels of the images as stored.</returns>
    public static ImageDetections[] DetectMasks<TOptions>(
        IMaskDetector<TOptions> model,
        IReadOnlyList<PreparedCopy> copies,
        TOptions options,
        double nmsIou,
        int maxProposals
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        var features = Features(model, copies);
        var detections = Find(model, copies, features, options, nmsIou, maxProposals);
        Tensor? sum = null;
        for (var k = 0; k < copies.Count; k++)
        {
            var seen = detections
                .Select((image, i) => image with { Shape = copies[k].Shapes[i], Boxes = FrameOf(copies, k, i).AllFromCommon(image.Boxes) })
                .ToList();
            var probabilities = model.Segment(features[k], seen);
            probabilities = copies[k].Copy.IsFlipped ? probabilities.flip(-1) : probabilities;
            sum = sum is null ? probabilities : sum.Plus(probabilities);
        }

        return model.Restore(detections, sum!.Over(copies.Count));
    }

    private static List<Tensor[]> Features<TOptions>(IRegionDetector<TOptions> model, IReadOnlyList<PreparedCopy> copies)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(copies);
        ArgumentOutOfRangeException.ThrowIfZero(copies.Count);
        return [.. copies.Select(copy => model.Features(copy.Images))];
    }

    private static CopyFrame FrameOf(IReadOnlyList<PreparedCopy> copies, int copy, int image) =>
        new(copies[copy].Shapes[image], copies[copy].Copy.IsFlipped, copies[0].Shapes[image]);

    private static ImageDetections[] Find<TOptions>(
        IRegionDetector<TOptions> model,
        IReadOnlyList<PreparedCopy> copies,
        List<Tensor[]> features,
        TOptions options,
        double nmsIou,
        int maxProposals
    )
    {
        var images = copies[0].Shapes.Count;
        var proposed = copies.Select((copy, k) => model.Propose(features[k], copy.Images, copy.Shapes)).ToList();
        Boxes[] merged =
        [
            .. Enumerable
                .Range(0, images)
                .Select(image =>
                    Merge(
                        [.. proposed.Select((copy, k) => (FrameOf(copies, k, image).AllToCommon(copy[image].Boxes), copy[image].Scores))],
                        nmsIou,
                        maxProposals
                    )
                ),
        ];
        var scored = copies
            .Select(
                (copy, k) =>
                    model.Classify(
                        features[k],
                        [.. merged.Select((boxes, image) => FrameOf(copies, k, image).AllFromCommon(boxes))],
                        copy.Shapes,
                        options
                    )
            )
            .ToList();
        IScoredRegions[] averaged =
        [
            .. Enumerable
                .Range(0, images)
                .Select(image =>
                    scored[0][image] is IScoredRegions<double>
                        ? (IScoredRegions)Averaged<double>(copies, scored, image)
                        : Averaged<float>(copies, scored, image)
                ),
        ];
        return model.Select(averaged, options);
    }

    private static AveragedRegions<T> Averaged<T>(IReadOnlyList<PreparedCopy> copies, List<IScoredRegions[]> scored, int image)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new([.. scored.Select((regions, k) => ((IScoredRegions<T>)regions[image], FrameOf(copies, k, image)))], copies[0].Shapes[image]);

    // One copy has suppressed its proposals already, level by level.
    private static Boxes Merge((Boxes Boxes, float[] Scores)[] copies, double nmsIou, int maxProposals)
    {
        if (copies.Length == 1)
        {
            return copies[0].Boxes;
        }

        var boxes = Boxes.Concat([.. copies.Select(copy => copy.Boxes)]);
        float[] scores = [.. copies.SelectMany(copy => copy.Scores)];
        var kept = boxes.AreDouble
            ? NonMaximumSuppression.Keep<double>(boxes, Precision.Of<float, double>(scores), [], nmsIou, maxProposals)
            : NonMaximumSuppression.Keep<float>(boxes, scores, [], (float)nmsIou, maxProposals);
        return boxes.Select(kept);
    }
}
