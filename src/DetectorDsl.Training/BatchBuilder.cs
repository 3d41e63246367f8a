using System.Collections.Immutable;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Images;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Training;

/// <summary>Reads, augments, normalises and collates images. What a batch holds depends on the seed, its number and its images alone; safe on several threads.</summary>
public sealed class BatchBuilder
{
    private readonly AugmentationPipeline pipeline;
    private readonly BatchPixels pixels;
    private readonly bool withMasks;
    private readonly long seed;
    private readonly bool pinned;

    /// <summary>Takes the data and what is done to it.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="augmentations">Changes of each image, in order.</param>
    /// <param name="pixels">Normalisation and padding.</param>
    /// <param name="withMasks">Whether objects come with masks.</param>
    /// <param name="seed">Seed of the augmentations.</param>
    /// <param name="pinned">Whether the images' memory is pinned, so that copies to a CUDA device overlap with work; needs CUDA.</param>
    /// <exception cref="TrainingException">Masks are wanted and the data has none.</exception>
    public BatchBuilder(
        DetectionDataset data,
        IReadOnlyList<IAugmentation> augmentations,
        BatchPixels pixels,
        bool withMasks,
        long seed,
        bool pinned
    )
    {
        ArgumentNullException.ThrowIfNull(data);
        if (withMasks && !data.Annotations.Annotations.Any(annotation => annotation.Segmentation is not null))
        {
            throw new TrainingException(
                $"{data.Summary.File}: no object has a segmentation, and the detector has a mask head. Use data with masks, or a detector without a mask head."
            );
        }

        Images = new TrainingImages(data);
        pipeline = new AugmentationPipeline(data.Images.Length, Images.Read, augmentations);
        (Data, this.pixels, this.withMasks, this.seed, this.pinned) = (data, pixels, withMasks, seed, pinned);
    }

    /// <summary>The data set.</summary>
    public DetectionDataset Data { get; }

    /// <summary>Reads the images; knows which could not be read.</summary>
    internal TrainingImages Images { get; }

    /// <summary>Makes a batch.</summary>
    /// <param name="number">Number of the batch in the run; with the seed it fixes the augmentations.</param>
    /// <param name="images">N indices of images in the data set; one may occur more than once.</param>
    /// <returns>The batch on the CPU, the caller's to dispose. Boxes are in pixels of the resized images and within them, masks are of
    /// the resized image without padding; images without objects have G = 0.</returns>
    /// <remarks>An image that cannot be read is tried again; then another takes its place.</remarks>
    /// <exception cref="TrainingException">The storage of the images cannot be reached; the message names one.</exception>
    public DetectionBatch Build(long number, ReadOnlySpan<int> images)
    {
        using var scope = NewDisposeScope();
        var samples = new Sample[images.Length];
        for (var slot = 0; slot < samples.Length; slot++)
        {
            samples[slot] = pipeline.Make(images[slot], RandomSource.For(seed, number, slot, 21));
        }

        var truths = samples.Select(sample => ObjectsOf(sample, withMasks)).ToImmutableArray();
        var stack = ImageStack.Of([.. samples.Select(sample => sample.Image)], pixels, pinned);
        return new DetectionBatch(
            stack.DetachFromDisposeScope(),
            [
                .. samples.Select(sample =>
                    ImageStack.Shape(
                        sample.ImageId,
                        (sample.Image.Height, sample.Image.Width),
                        sample.OriginalHeight,
                        sample.OriginalWidth,
                        pixels
                    )
                ),
            ],
            truths
        );
    }

    /// <summary>An image of a batch as it was before normalisation, with its padding.</summary>
    /// <param name="batch">A batch made by this builder, on any device.</param>
    /// <param name="slot">Which of its images, from 0.</param>
    /// <returns>The image; padding has the colour of the mean.</returns>
    public RgbImage ImageOf(DetectionBatch batch, int slot)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = NewDisposeScope();
        var values = CpuMemory.Contiguous(batch.Images[slot].permute(1, 2, 0), ScalarType.Float32);
        return pixels.Read(CpuMemory.Span<float>(values), (int)values.shape[0], (int)values.shape[1]);
    }

    /// <summary>A sample's objects and crowds in the form that losses take.</summary>
    /// <remarks>
    /// Objects whose box or mask has nothing left within the image are dropped (detectron2, filter_empty_instances); where masks are wanted, an
    /// object without a segmentation is neither right nor wrong and joins the crowds (mmdetection, LoadAnnotations).
    /// </remarks>
    internal static GroundTruth ObjectsOf(Sample sample, bool withMasks)
    {
        var (height, width) = (sample.Image.Height, sample.Image.Width);
        var boxes = new List<Corners<float>>();
        var labels = new List<long>();
        var masks = new List<RleMask>();
        var ignored = new List<Corners<float>>();
        foreach (var item in sample.Objects)
        {
            var mask = withMasks ? item.Segmentation?.ToMask(height, width) : null;
            if (withMasks && mask is null)
            {
                AddWithin(ignored, item.Box, height, width);
            }
            else if (mask is not { Area: 0 } && AddWithin(boxes, item.Box, height, width))
            {
                labels.Add(item.Label);
                if (mask is not null)
                {
                    masks.Add(mask);
                }
            }
        }

        foreach (var crowd in sample.Crowds)
        {
            AddWithin(ignored, crowd, height, width);
        }

        return new GroundTruth(Boxes.Of(boxes.ToArray()), [.. labels], withMasks ? masks : null, Boxes.Of(ignored.ToArray()));
    }

    private static bool AddWithin(List<Corners<float>> boxes, Box box, int height, int width)
    {
        var (left, top) = ((float)Math.Max(0, box.X), (float)Math.Max(0, box.Y));
        var (right, bottom) = ((float)Math.Min(width, box.X + box.Width), (float)Math.Min(height, box.Y + box.Height));
        var remains = right > left && bottom > top;
        if (remains)
        {
            boxes.Add(new Corners<float>(left, top, right, bottom));
        }

        return remains;
    }
}
