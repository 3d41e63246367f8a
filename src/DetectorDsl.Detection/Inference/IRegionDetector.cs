using DetectorDsl.Detection.Selection;
using DetectorDsl.Structures;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Inference;

/// <summary>
/// The steps in which a detector of two stages, with however many passes in the second, finds objects. Its own <c>Detect</c> takes one after
/// the other; whoever looks at several copies of an image combines what they yield in between. All of them expect gradients to be off.
/// </summary>
/// <typeparam name="TOptions">Thresholds and limits.</typeparam>
public interface IRegionDetector<in TOptions>
{
    /// <summary>The maps that every further step reads: the pyramid, finest level first, and behind it what else the second stage needs.</summary>
    /// <param name="images">N x 3 x H x W, normalised, padded with zeros at the bottom and right.</param>
    /// <returns>The maps; only for the steps below.</returns>
    Tensor[] Features(Tensor images);

    /// <summary>Proposes regions.</summary>
    /// <param name="features">From <see cref="Features" />.</param>
    /// <param name="images">The images.</param>
    /// <param name="shapes">Sizes of the N images.</param>
    /// <returns>Regions of each image, best first.</returns>
    ImageProposals[] Propose(Tensor[] features, Tensor images, IReadOnlyList<ImageShape> shapes);

    /// <summary>Scores given regions and refines them, in every pass that the detector makes.</summary>
    /// <param name="features">From <see cref="Features" />.</param>
    /// <param name="proposals">P regions of each image, in pixels of the resized image.</param>
    /// <param name="shapes">Sizes of the N images.</param>
    /// <param name="options">Thresholds and limits.</param>
    /// <returns>For each image as many scored regions as proposals, in their order.</returns>
    IScoredRegions[] Classify(Tensor[] features, IReadOnlyList<Boxes> proposals, IReadOnlyList<ImageShape> shapes, TOptions options);

    /// <summary>Selects detections among scored regions.</summary>
    /// <param name="regions">Scored regions of each image.</param>
    /// <param name="options">Thresholds and limits.</param>
    /// <returns>Detections of each image, best first, in pixels of the resized image, without masks.</returns>
    ImageDetections[] Select(IReadOnlyList<IScoredRegions> regions, TOptions options);
}

/// <summary>A detector of two stages that segments what it finds.</summary>
/// <typeparam name="TOptions">Thresholds and limits.</typeparam>
public interface IMaskDetector<in TOptions> : IRegionDetector<TOptions>
{
    /// <summary>Segments the objects of given boxes; the mean over all passes that segment.</summary>
    /// <param name="features">From <see cref="IRegionDetector{TOptions}.Features" />.</param>
    /// <param name="detections">Boxes and classes of each image, in pixels of the resized image; D in all.</param>
    /// <returns>D x s x s mask probabilities, images in order.</returns>
    Tensor Segment(Tensor[] features, IReadOnlyList<ImageDetections> detections);

    /// <summary>Brings detections and masks into the pixels of the stored images.</summary>
    /// <param name="detections">Detections in pixels of the resized images.</param>
    /// <param name="probabilities">D x s x s mask probabilities, images in order.</param>
    /// <returns>Detections with masks.</returns>
    ImageDetections[] Restore(IReadOnlyList<ImageDetections> detections, Tensor probabilities);
}
