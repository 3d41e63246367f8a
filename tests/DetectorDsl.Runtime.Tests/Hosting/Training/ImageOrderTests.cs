using DetectorDsl.Data.Sampling;
using DetectorDsl.Runtime.Training;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.Training;

public sealed class ImageOrderTests
{
    [Fact]
    public void EpochsFollowOneAnotherAndAreCutIntoBatches()
    {
        var order = Order(2);
        Assert.Equal([[0, 1], [2, 3], [4, 5], [6, 7], [8, 0]], Enumerable.Range(0, 5).Select(number => order.Batch(number)));
    }

    [Fact]
    public void ABatchMayHoldSeveralEpochs() => Assert.Equal([0, 1, 2, 3, 4, 5, 6], Order(7).Batch(0));

    [Fact]
    public void TheOrderOfAskingChangesNothing()
    {
        var forwards = Order(4);
        var backwards = Order(4);
        var batches = Enumerable.Range(0, 30).Select(number => forwards.Batch(number)).ToList();
        Assert.Equal(batches, Enumerable.Range(0, 30).Reverse().Select(number => backwards.Batch(number)).Reverse());
    }

    [Fact]
    public void ThreadsGetTheSameBatches()
    {
        var (alone, shared) = (Order(3), Order(3));
        var batches = new int[200][];
        Parallel.For(0, batches.Length, number => batches[number] = shared.Batch(number));
        Assert.Equal(Enumerable.Range(0, 200).Select(number => alone.Batch(number)), batches);
    }

    [Fact]
    public void EpochsAreCountedByTheirOwnLengths()
    {
        // Positions 0-2 | 3-4 | 5-8: after four images one epoch and one of two; after six two and one of four.
        var order = Order(2);
        Assert.Equal([0, 2 / 3.0, 1.5, 2.25, 2.75], Enumerable.Range(-1, 5).Select(number => order.EpochsAfter(number)));
        Assert.Equal([false, true, true, false, true], Enumerable.Range(0, 5).Select(number => order.EndsEpoch(number)));
    }

    [Fact]
    public void ABatchThatEndsWithTheEpochEndsIt()
    {
        var order = Order(3);
        Assert.True(order.EndsEpoch(0));
        Assert.Equal(1, order.EpochsAfter(0));
    }

    [Fact]
    public void ASamplerWithoutImages_IsRefused()
    {
        var order = new ImageOrder(new Given([[]]), 2);
        Assert.Contains("no image for epoch 0", Assert.Throws<TrainingException>(() => order.Batch(0)).Message, StringComparison.Ordinal);
    }

    private static ImageOrder Order(int batchSize) => new(new Given([[0, 1, 2], [3, 4], [5, 6, 7, 8]]), batchSize);

    // Epochs of three, two and four images, over and over.
    private sealed class Given(int[][] epochs) : IImageSampler
    {
        public int[] Epoch(int epoch) => epochs[epoch % epochs.Length];
    }
}
