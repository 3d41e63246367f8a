using DetectorDsl.Structures;

namespace DetectorDsl.Data.Sampling;

/// <summary>Goes through the classes in a random cycle and takes images of each from its own cycle; classes in no image are passed over.</summary>
/// <remarks>Source: mmdetection, ClassAwareSampler. An epoch has as many images as the data set.</remarks>
public sealed class ClassAwareSampler : IImageSampler
{
    private readonly ImageClassIndex index;
    private readonly int imagesPerClass;
    private readonly long seed;

    /// <summary>A sampler of a data set.</summary>
    /// <param name="index">Which classes each image holds.</param>
    /// <param name="imagesPerClass">Images taken for each drawn class, at least 1.</param>
    /// <param name="seed">Seed of the cycles.</param>
    public ClassAwareSampler(ImageClassIndex index, int imagesPerClass, long seed)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentOutOfRangeException.ThrowIfLessThan(imagesPerClass, 1);
        (this.index, this.imagesPerClass, this.seed) = (index, imagesPerClass, seed);
    }

    /// <summary>How often an epoch shows each image: images x the sum, over its classes, of 1 / (classes with images x images of the class).</summary>
    /// <returns>A number for each image.</returns>
    public IReadOnlyList<double> ExpectedViews()
    {
        var counts = index.ImageCounts();
        var drawn = (double)index.Labels.Length / counts.Count(count => count > 0);
        return [.. index.Labels.Select(labels => labels.Sum(label => drawn / counts[label]))];
    }

    /// <inheritdoc />
    public int[] Epoch(int epoch)
    {
        var random = RandomSource.For(seed, epoch, 3);
        var images = new List<int>[index.Classes];
        for (var image = 0; image < index.Labels.Length; image++)
        {
            foreach (var label in index.Labels[image])
            {
                (images[label] ??= []).Add(image);
            }
        }

        Cycle[] cycles = [.. images.Select(list => new Cycle([.. list ?? []]))];
        var classes = new Cycle([.. Enumerable.Range(0, index.Classes).Where(label => images[label] is not null)]);
        var order = new List<int>(index.Labels.Length);
        while (order.Count < index.Labels.Length && classes.Count > 0)
        {
            var label = classes.Next(random);
            for (var i = 0; i < imagesPerClass && order.Count < index.Labels.Length; i++)
            {
                order.Add(cycles[label].Next(random));
            }
        }

        return [.. order];
    }

    private sealed class Cycle(int[] items)
    {
        private int position = items.Length;

        public int Count => items.Length;

        public int Next(RandomSource random)
        {
            if (position == items.Length)
            {
                random.Shuffle(items.AsSpan());
                position = 0;
            }

            return items[position++];
        }
    }
}
