using DetectorDsl.Data.Sampling;

namespace DetectorDsl.Runtime.Training;

/// <summary>
/// Which images the n-th batch holds: the sampler's epochs one after the other, cut into batches of one size, so that a batch may hold the end
/// of one epoch and the start of the next. The same whoever asks, in whatever order and on whatever thread.
/// </summary>
/// <param name="sampler">Gives the epochs; their lengths may differ.</param>
/// <param name="batchSize">Images of a batch, at least 1.</param>
public sealed class ImageOrder(IImageSampler sampler, int batchSize)
{
    // Threads that prepare batches are never more than a few batches apart.
    private const int EpochsKept = 4;

    private readonly Lock gate = new();
    private readonly Dictionary<int, int[]> kept = [];
    private readonly List<long> starts = [0];

    /// <summary>The images of a batch.</summary>
    /// <param name="number">Number of the batch, from 0.</param>
    /// <returns>As many indices of images as a batch has.</returns>
    /// <exception cref="TrainingException">The sampler gives an epoch without images.</exception>
    public int[] Batch(long number)
    {
        var images = new int[batchSize];
        lock (gate)
        {
            var first = number * batchSize;
            for (var filled = 0; filled < batchSize;)
            {
                var epoch = EpochOf(first + filled);
                var offset = (int)(first + filled - starts[epoch]);
                var rest = Order(epoch).AsSpan(offset);
                var part = rest[..Math.Min(rest.Length, batchSize - filled)];
                part.CopyTo(images.AsSpan(filled));
                filled += part.Length;
            }
        }

        return images;
    }

    /// <summary>The images of an epoch.</summary>
    /// <param name="epoch">Number of the epoch, from 0.</param>
    /// <returns>Indices in order; not to be changed.</returns>
    public IReadOnlyList<int> Epoch(int epoch)
    {
        lock (gate)
        {
            return Order(epoch);
        }
    }

    /// <summary>How many epochs have been shown once a batch is done.</summary>
    /// <param name="number">Number of the batch, from 0; -1 for none.</param>
    /// <returns>Whole epochs and the share of the one begun.</returns>
    public double EpochsAfter(long number)
    {
        lock (gate)
        {
            var shown = (number + 1) * batchSize;
            var epoch = EpochOf(shown);
            return epoch + ((double)(shown - starts[epoch]) / (starts[epoch + 1] - starts[epoch]));
        }
    }

    /// <summary>Whether a batch shows the last image of an epoch.</summary>
    /// <param name="number">Number of the batch, from 0.</param>
    /// <returns>Whether it does.</returns>
    public bool EndsEpoch(long number)
    {
        lock (gate)
        {
            return EpochOf((number + 1) * batchSize) > EpochOf(number * batchSize);
        }
    }

    // The epoch that holds an image of the endless sequence; starts[epoch + 1] is known afterwards.
    private int EpochOf(long position)
    {
        while (starts[^1] <= position)
        {
            var epoch = starts.Count - 1;
            starts.Add(starts[epoch] + Order(epoch).Length);
        }

        var found = starts.BinarySearch(position);
        return found >= 0 ? found : ~found - 1;
    }

    private int[] Order(int epoch)
    {
        if (kept.TryGetValue(epoch, out var order))
        {
            return order;
        }

        order = sampler.Epoch(epoch);
        if (order.Length == 0)
        {
            throw new TrainingException($"The image sampler gives no image for epoch {epoch}: the data has none that it can use. Check the data and the sampler.");
        }

        if (kept.Count == EpochsKept)
        {
            kept.Remove(kept.Keys.Min());
        }

        kept[epoch] = order;
        return order;
    }
}
