using DetectorDsl.Data.Datasets;
using DetectorDsl.Detection.Inference;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.Inference;

public sealed class DatasetPredictorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    [InlineData(5, 16)]
    public void Images_ComeInOrder_WithTheirOwnDetections(int threads, int largestBatch)
    {
        var (detector, data) = Open(9);

        var predictions = DatasetPredictor.Run(detector, data, threads, largestBatch).ToList();

        Assert.Equal(Enumerable.Range(0, 9), predictions.Select(prediction => prediction.Index));
        Assert.All(predictions, prediction => Assert.Equal(data.Images[prediction.Index].Id, prediction.Detections!.Shape.ImageId));
        Assert.All(predictions, prediction => Assert.Equal(2, prediction.Detections!.Count));
    }

    [Fact]
    public void OnlyNeighboursOfOnePaddedSize_ShareABatch()
    {
        // Five images of 80 x 60, then four of 60 x 80; padded to multiples of 32: 96 x 64 and 64 x 96.
        var (detector, data) = Open(9);

        _ = DatasetPredictor.Run(detector, data, threads: 3, largestBatch: 4).ToList();

        Assert.Equal([(4, 64L, 96L), (1, 64L, 96L), (4, 96L, 64L)], detector.Batches);
    }

    [Fact]
    public void UnreadableImage_IsToldInItsPlace()
    {
        var (detector, data) = Open(4);
        File.WriteAllText(folder.File("val/image1.png"), "no picture");

        var predictions = DatasetPredictor.Run(detector, data).ToList();

        Assert.Equal([false, true, false, false], predictions.Select(prediction => prediction.Detections is null));
        Assert.Contains("image 101", predictions[1].Problem, StringComparison.Ordinal);
        Assert.Equal(100, predictions[0].Detections!.Shape.ImageId);
    }

    [Fact]
    public void ProgressCountsImages()
    {
        var (detector, data) = Open(3);
        var told = new List<int>();

        _ = DatasetPredictor.Run(detector, data, progress: new Recorder(told)).ToList();

        Assert.Equal([1, 2, 3], told);
    }

    [Fact]
    public void Cancelled_StopsBetweenBatches()
    {
        var (detector, data) = Open(9);
        using var cancellation = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var prediction in DatasetPredictor.Run(detector, data, largestBatch: 2, cancellation: cancellation.Token))
            {
                if (prediction.Index == 3)
                {
                    cancellation.Cancel();
                }
            }
        });
        Assert.Equal(2, detector.Batches.Count);
    }

    private (KnowingDetector Detector, DetectionDataset Data) Open(int images)
    {
        var truth = TinyData.WriteSplit(folder.Path, "val", images);
        return (
            new KnowingDetector(truth),
            DetectionDataset.Open(
                folder.File("val.json"),
                folder.File("val"),
                [.. TinyData.Categories.Select(category => (category.Id, category.Name))],
                forTraining: false
            )
        );
    }

    private sealed class Recorder(List<int> told) : IProgress<int>
    {
        public void Report(int value) => told.Add(value);
    }
}
