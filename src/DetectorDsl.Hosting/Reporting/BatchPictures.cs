using System.Collections.Immutable;
using DetectorDsl.Annotations;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Structures;
using DetectorDsl.Training;
using static TorchSharp.torch;

namespace DetectorDsl.Hosting.Reporting;

/// <summary>Pictures of batches as training sees them.</summary>
internal static class BatchPictures
{
    /// <summary>Most images that are drawn of a batch.</summary>
    public const int MostImages = 36;

    /// <summary>Draws a batch: the pixels that the model is given, with their padding, and the boxes, masks, classes and crowds of the losses.</summary>
    public static void Write(Stream stream, BatchBuilder builder, DetectionBatch batch, ImmutableArray<Category> categories)
    {
        var slots = Enumerable.Range(0, Math.Min(MostImages, batch.Count)).ToList();
        PictureWriter.WriteGrid(
            stream,
            [.. slots.Select(slot => builder.ImageOf(batch, slot))],
            [.. slots.Select(slot => ObjectsOf(batch, slot, categories))]
        );
    }

    /// <summary>What is drawn over an image: crowds first, then its objects.</summary>
    internal static IReadOnlyList<DrawnObject> ObjectsOf(DetectionBatch batch, int slot, ImmutableArray<Category> categories)
    {
        var (truth, frame) = (batch.Truths[slot], batch.Images.shape);
        return
        [
            .. Enumerable
                .Range(0, truth.IgnoredBoxes.Count)
                .Select(index => new DrawnObject(0, "ignored", truth.IgnoredBoxes[index].ToBox(), null)),
            .. truth.Labels.Select(
                (label, index) =>
                    new DrawnObject(
                        (int)label,
                        PredictionPictures.Name(categories[(int)label]),
                        truth.Boxes[index].ToBox(),
                        MaskOf(truth, index, (int)frame[2], (int)frame[3])
                    )
            ),
        ];
    }

    // Masks are of the image without padding, pictures show it.
    private static RleMask? MaskOf(GroundTruth truth, int index, int height, int width) =>
        truth.Masks?[index].Crop(new PixelWindow(0, 0, height, width));
}
