using DetectorDsl.Data.Sampling;

namespace DetectorDsl.Training;

/// <summary>
/// Which images the n-th batch holds: the sampler's epochs one after the other, cut into batches of one size, so that a batch may hold the end
/// of one epoch and the start of the next. The same whoever asks, in whatever order and on whatever thread.
/// </summary>
/// <remarks>
/// Grouping changes the order within an epoch alone: an image waits until a batch of its group is full. Those that still wait at the end come
/// last, one group after the other, so at most (groups x (batch size - 1)) images of an epoch, and the first of the next that complete their last
/// batch, are in mixed batches. Source: mmdetection, AspectRatioBatchSampler.
/// </remarks>
/// <param name="sampler">Gives the epochs; their lengths may differ.</param>
/// <param name="batchSize">Images of a batch, at least 1.</param>
/// <param name="groups">Group of each image, by its index; images of one group share batches. Null for no groups.</param>
public sealed class ImageOrder(IImageSampler sampler, int batchSize, IReadOnlyList<int>? groups = null)
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
            for (var filled = 0; filled < batchSize; )
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
            while (starts.Count <= epoch)
            {
                AddStart();
            }

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
            AddStart();
        }

        var found = starts.BinarySearch(position);
        return found >= 0 ? found : ~found - 1;
    }

    private void AddStart() => starts.Add(starts[^1] + Order(starts.Count - 1).Length);

    // Of an epoch whose start is known.
    private int[] Order(int epoch)
    {
        if (kept.TryGetValue(epoch, out var order))
        {
            return order;
        }

        order = sampler.Epoch(epoch);
        if (order.Length == 0)
        {
            throw new TrainingException(
                $"The image sampler gives no image for epoch {epoch}: the data has none that it can use. Check the data and the sampler."
            );
        }

        order = groups is null ? order : Grouped(order, (int)((batchSize - (starts[epoch] % batchSize)) % batchSize), groups);
        if (kept.Count == EpochsKept)
        {
            kept.Remove(kept.Keys.Min());
        }

        kept[epoch] = order;
        return order;
    }

    // The first images complete a batch of the epoch before.
    private int[] Grouped(int[] order, int first, IReadOnlyList<int> groups)
    {
        var grouped = new List<int>(order.Length);
        var waiting = new SortedDictionary<int, List<int>>();
        grouped.AddRange(order.Take(first));
        foreach (var image in order.Skip(first))
        {
            if (!waiting.TryGetValue(groups[image], out var batch))
            {
                waiting[groups[image]] = batch = [];
            }

            batch.Add(image);
            if (batch.Count == batchSize)
            {
                grouped.AddRange(batch);
                batch.Clear();
            }
        }

        return [.. grouped, .. waiting.Values.SelectMany(batch => batch)];
    }
}
