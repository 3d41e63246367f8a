using DetectorDsl.Structures;

namespace DetectorDsl.Data.Sampling;

/// <summary>Repeats images of rare classes within an epoch (Gupta et al. 2019, section 5).</summary>
/// <remarks>
/// r(c) = max(1, sqrt(threshold / f(c))) with f(c) the share of images that hold class c; r(image) is the largest of its classes, 1 without any.
/// Rounded up: mmdetection, ClassBalancedDataset. Rounded at random per epoch: detectron2, RepeatFactorTrainingSampler. Images without objects
/// belong left out before, as mmdetection does, or they count in the shares.
/// </remarks>
public sealed class RepeatFactorSampler : IImageSampler
{
    private readonly long seed;
    private readonly bool stochastic;
    private readonly double threshold;
    private readonly int fewestImages;

    /// <summary>Computes the factors.</summary>
    /// <param name="index">Which classes each image holds.</param>
    /// <param name="threshold">Share of images below which a class is repeated, 0 to 1; a number of images divided by that of all.</param>
    /// <param name="stochastic">True rounds fractions at random in every epoch, false rounds up.</param>
    /// <param name="seed">Seed of order and rounding.</param>
    public RepeatFactorSampler(ImageClassIndex index, double threshold, bool stochastic, long seed)
    {
        ArgumentNullException.ThrowIfNull(index);
        this.seed = seed;
        this.stochastic = stochastic;
        this.threshold = threshold;
        var counts = index.ImageCounts();
        fewestImages = counts.Where(count => count > 0).DefaultIfEmpty(0).Min();
        ClassFactors = [.. counts.Select(count => ClassFactor(count, index.Labels.Length, threshold))];
        ImageFactors = [.. index.Labels.Select(labels => labels.Length == 0 ? 1 : labels.Max(label => ClassFactors[label]))];
    }

    /// <summary>r(c) of each class; 1 for a class in no image.</summary>
    public IReadOnlyList<double> ClassFactors { get; }

    /// <summary>r of each image.</summary>
    public IReadOnlyList<double> ImageFactors { get; }

    /// <summary>Classes that the threshold reaches; 0 means that the sampler changes nothing.</summary>
    public int RepeatedClasses => ClassFactors.Count(factor => factor > 1);

    /// <summary>Images that are, or may be, shown more than once in an epoch.</summary>
    public int RepeatedImages => ImageFactors.Count(factor => factor > 1);

    /// <summary>r(c) of a class.</summary>
    /// <param name="imageCount">Images that hold it.</param>
    /// <param name="images">All images.</param>
    /// <param name="threshold">The threshold as a share of images.</param>
    /// <returns>The factor, at least 1.</returns>
    public static double ClassFactor(int imageCount, int images, double threshold) =>
        imageCount == 0 ? 1 : Math.Max(1, Math.Sqrt(threshold * images / imageCount));

    /// <inheritdoc />
    public IReadOnlyList<double> ExpectedViews() => [.. ImageFactors.Select(factor => stochastic ? factor : Math.Ceiling(factor))];

    /// <inheritdoc />
    public IReadOnlyList<string> Describe()
    {
        var (images, limit) = (ImageFactors.Count, threshold * ImageFactors.Count);
        if (RepeatedClasses == 0)
        {
            return
            [
                FormattableString.Invariant(
                    $"Repeat factors change nothing: their threshold is {limit:0.#} of {images} images, and every class is in {fewestImages} at least. Give a larger threshold (a share, or a number of images), or another sampler."
                ),
            ];
        }

        var repeated = ClassFactors.Where(factor => factor > 1).ToList();
        return
        [
            FormattableString.Invariant(
                $"Repeat factors: a threshold of {limit:0.#} of {images} images repeats {RepeatedClasses} of {ClassFactors.Count} classes, {repeated.Min():0.00} to {repeated.Max():0.00} times, and {RepeatedImages} images; an epoch shows {(stochastic ? "about " : "")}{ExpectedViews().Sum():0} images."
            ),
        ];
    }

    /// <inheritdoc />
    public int[] Epoch(int epoch)
    {
        var random = RandomSource.For(seed, epoch, 2);
        var order = new List<int>(ImageFactors.Count);
        for (var image = 0; image < ImageFactors.Count; image++)
        {
            var factor = ImageFactors[image];
            var whole = (int)factor;
            var repeats = stochastic ? whole + (random.NextDouble() < factor - whole ? 1 : 0) : (int)Math.Ceiling(factor);
            for (var i = 0; i < repeats; i++)
            {
                order.Add(image);
            }
        }

        int[] shuffled = [.. order];
        random.Shuffle(shuffled.AsSpan());
        return shuffled;
    }
}
