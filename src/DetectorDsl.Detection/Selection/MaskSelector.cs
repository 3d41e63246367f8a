using DetectorDsl.Annotations;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Selection;

/// <summary>Brings detections, and their masks where there are any, into the pixels of the stored images.</summary>
public static class MaskSelector
{
    /// <summary>RoIs of all detections, for a mask head.</summary>
    /// <param name="detections">Detections in pixels of the resized images.</param>
    /// <returns>D RoIs.</returns>
    public static Rois Rois(IReadOnlyList<ImageDetections> detections)
    {
        ArgumentNullException.ThrowIfNull(detections);
        return new Rois([.. detections.Select(image => image.Boxes)]);
    }

    /// <summary>Classes of all detections.</summary>
    /// <param name="detections">The detections.</param>
    /// <param name="device">Device of the result.</param>
    /// <returns>D classes.</returns>
    public static Tensor Labels(IReadOnlyList<ImageDetections> detections, Device device)
    {
        ArgumentNullException.ThrowIfNull(detections);
        return tensor(detections.SelectMany(image => image.Labels.Select(label => (long)label)).ToArray(), device: device);
    }

    /// <summary>Scales boxes back to the stored images.</summary>
    /// <param name="detections">Detections in pixels of the resized images.</param>
    /// <returns>Detections in pixels of the stored images, without masks.</returns>
    public static ImageDetections[] Restore(IReadOnlyList<ImageDetections> detections) =>
        [.. detections.Select(image => image with { Boxes = Scale(image) })];

    /// <summary>Scales boxes back to the stored images and pastes the masks.</summary>
    /// <param name="detections">Detections in pixels of the resized images.</param>
    /// <param name="probabilities">D x s x s mask probabilities, detections of all images in order; copied to the host once.</param>
    /// <param name="threshold">Probability from which a pixel belongs to the object.</param>
    /// <param name="paste">Brings a mask onto its image: one of <see cref="MaskPasting" />.</param>
    /// <returns>Detections in pixels of the stored images.</returns>
    public static ImageDetections[] Restore(
        IReadOnlyList<ImageDetections> detections,
        Tensor probabilities,
        double threshold,
        MaskPaster paste
    )
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(paste);
        var restored = Restore(detections);
        using var scope = NewDisposeScope();
        var size = (int)probabilities.shape[2];
        var values = CpuMemory.Span<float>(CpuMemory.Contiguous(probabilities, ScalarType.Float32)).ToArray();
        var first = 0;
        for (var image = 0; image < restored.Length; image++)
        {
            var (current, start) = (restored[image], first);
            var masks = new RleMask[current.Count];
            var boxes = current.Boxes.To<float>();
            Parallel.For(0, masks.Length, i =>
                masks[i] = paste(
                        values.AsSpan((start + i) * size * size, size * size),
                        size,
                        boxes.In<float>()[i],
                        current.Shape.OriginalHeight,
                        current.Shape.OriginalWidth
                    )
                    .ToMask(threshold, current.Shape.OriginalHeight, current.Shape.OriginalWidth)
            );
            restored[image] = current with { Masks = masks };
            first += masks.Length;
        }

        return restored;
    }

    private static Boxes Scale(ImageDetections image) =>
        image.Boxes.Scale((double)image.Shape.OriginalWidth / image.Shape.Width, (double)image.Shape.OriginalHeight / image.Shape.Height);
}
