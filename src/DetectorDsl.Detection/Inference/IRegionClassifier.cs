using DetectorDsl.Detection.Selection;
using DetectorDsl.Structures;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Inference;

/// <summary>A detector that can be asked what it takes given regions for.</summary>
public interface IRegionClassifier : IImageDetector
{
    /// <summary>Scores given regions. Called by one thread at a time, with gradients off and inside a dispose scope.</summary>
    /// <param name="images">N x 3 x H x W on the detector's device, normalised, padded with zeros at the bottom and right.</param>
    /// <param name="boxes">P boxes of each image, in pixels of the resized image.</param>
    /// <param name="shapes">Sizes of the N images.</param>
    /// <returns>For each image as many scored regions as boxes, in their order.</returns>
    IScoredRegions[] Classify(Tensor images, IReadOnlyList<Boxes> boxes, IReadOnlyList<ImageShape> shapes);
}
