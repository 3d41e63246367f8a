using System.Collections.Immutable;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Images;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Detection.Selection;
using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Inference;

/// <summary>Images as a detector takes them, in every copy that it looks at, on the host.</summary>
/// <param name="Copies">The copies, at least one.</param>
internal sealed record PreparedImages(ImmutableArray<PreparedCopy> Copies) : IDisposable
{
    public static PreparedImages From(
        ImagePreparation preparation,
        BatchPixels pixels,
        IReadOnlyList<(long Id, RgbImage Image)> images,
        IReadOnlyList<ImageCopy> copies
    ) => new([.. copies.Select(copy => Prepare(preparation, pixels, images, copy))]);

    /// <summary>Runs the detector on the images.</summary>
    public ImageDetections[] Detect(IImageDetector detector)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        return detector.Detect([.. Copies.Select(copy => copy with { Images = copy.Images.to(detector.Device) })]);
    }

    /// <summary>Has regions of the images scored, in their first copy.</summary>
    /// <param name="classifier">What scores them.</param>
    /// <param name="boxes">P boxes of each image, in pixels of the resized image.</param>
    public IScoredRegions[] Classify(IRegionClassifier classifier, IReadOnlyList<Boxes> boxes)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        return classifier.Classify(Copies[0].Images.to(classifier.Device), boxes, Copies[0].Shapes);
    }

    public void Dispose()
    {
        foreach (var copy in Copies)
        {
            copy.Images.Dispose();
        }
    }

    private static PreparedCopy Prepare(
        ImagePreparation preparation,
        BatchPixels pixels,
        IReadOnlyList<(long Id, RgbImage Image)> images,
        ImageCopy copy
    )
    {
        var sized = copy.Of(preparation);
        var sizes = images.Select(item => sized.Fit(item.Image.Height, item.Image.Width)).ToList();
        var stack = preparation.WholeColours
            ? ImageStack.Of([.. images.Select(item => copy.Of(item.Image, preparation))], pixels)
            : ImageStack.Resized([.. images.Select(item => item.Image)], sizes, copy.IsFlipped, pixels);
        return new PreparedCopy(
            copy,
            stack.DetachFromDisposeScope(),
            [.. images.Select((item, i) => ImageStack.Shape(item.Id, sizes[i], item.Image.Height, item.Image.Width, pixels))]
        );
    }
}
