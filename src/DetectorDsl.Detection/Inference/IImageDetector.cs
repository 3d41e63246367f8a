using DetectorDsl.Detection.Preparation;
using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Inference;

/// <summary>A trained detector with everything it needs to find objects in prepared images.</summary>
public interface IImageDetector : IDisposable
{
    /// <summary>Whether detections carry masks.</summary>
    bool HasMasks { get; }

    /// <summary>Where the model lies, and where it wants its images.</summary>
    Device Device { get; }

    /// <summary>How images are prepared.</summary>
    ImagePreparation Preparation { get; }

    /// <summary>Finds objects. Called by one thread at a time, with gradients off and inside a dispose scope.</summary>
    /// <param name="images">N x 3 x H x W on <see cref="Device" />, normalised, padded with zeros at the bottom and right.</param>
    /// <param name="shapes">Sizes of the N images.</param>
    /// <returns>Detections of each image, best first, in pixels of the images as stored.</returns>
    ImageDetections[] Detect(Tensor images, IReadOnlyList<ImageShape> shapes);

    /// <summary>In which copies it looks at every image. Default: the image itself.</summary>
    IReadOnlyList<ImageCopy> Copies => ImageCopy.Plain;

    /// <summary>Finds objects in copies of images. Called by one thread at a time, with gradients off and inside a dispose scope.</summary>
    /// <param name="copies">The copies of <see cref="Copies" />, in their order, on <see cref="Device" />.</param>
    /// <returns>Detections of each image, best first, in pixels of the images as stored.</returns>
    ImageDetections[] Detect(IReadOnlyList<PreparedCopy> copies)
    {
        ArgumentNullException.ThrowIfNull(copies);
        return Detect(copies[0].Images, copies[0].Shapes);
    }
}
