using DetectorDsl.Data.Datasets;
using DetectorDsl.Structures;

namespace DetectorDsl.Detection.Inference;

/// <summary>What came of an image of a data set.</summary>
/// <param name="Index">The image, by its place in the data set.</param>
/// <param name="Detections">The detections; null where the image cannot be read.</param>
/// <param name="Problem">Why it cannot be read; null otherwise.</param>
public sealed record DatasetPrediction(int Index, ImageDetections? Detections, string? Problem);

/// <summary>Runs a detector over a data set: images are read and prepared on threads of their own, ahead of the detector.</summary>
public static class DatasetPredictor
{
    /// <summary>Finds the objects of every image, in order.</summary>
    /// <remarks>
    /// Neighbours are taken together only where their padded sizes are equal, so that an image's padding never depends on its neighbours. A detector that looks
    /// at several copies is given image by image.
    /// </remarks>
    /// <param name="detector">The detector.</param>
    /// <param name="data">The data set.</param>
    /// <param name="threads">Threads that read images, at least 1.</param>
    /// <param name="largestBatch">Images given to the detector at once, at most.</param>
    /// <param name="progress">Told how many images are done.</param>
    /// <param name="cancellation">Ends the run between two batches.</param>
    /// <returns>One entry per image, as the detector gets through them.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; thrown while the entries are walked through.</exception>
    public static IEnumerable<DatasetPrediction> Run(
        IImageDetector detector,
        DetectionDataset data,
        int threads = 2,
        int largestBatch = 4,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(largestBatch, 1);
        return Walk(detector, data, threads, largestBatch, progress, cancellation);
    }

    private static IEnumerable<DatasetPrediction> Walk(
        IImageDetector detector,
        DetectionDataset data,
        int threads,
        int largestBatch,
        IProgress<int>? progress,
        CancellationToken cancellation
    )
    {
        var done = 0;
        foreach (var group in DatasetImages.Walk(detector.Preparation, detector.Copies, data, threads, largestBatch, cancellation))
        {
            var found = group.Images is { } images ? images.Detect(detector) : [];
            var next = 0;
            foreach (var (index, problem) in group.Members)
            {
                yield return new DatasetPrediction(index, problem is null ? found[next++] : null, problem);
                progress?.Report(++done);
            }
        }
    }
}
