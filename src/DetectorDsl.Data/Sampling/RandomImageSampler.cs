using DetectorDsl.Structures;

namespace DetectorDsl.Data.Sampling;

/// <summary>Every image once per epoch, in random order.</summary>
/// <param name="index">The images.</param>
/// <param name="seed">Seed of the order.</param>
public sealed class RandomImageSampler(ImageClassIndex index, long seed) : IImageSampler
{
    /// <inheritdoc />
    public IReadOnlyList<double> ExpectedViews() => [.. Enumerable.Repeat(1.0, index.Labels.Length)];

    /// <inheritdoc />
    public int[] Epoch(int epoch)
    {
        int[] order = [.. Enumerable.Range(0, index.Labels.Length)];
        RandomSource.For(seed, epoch, 1).Shuffle(order.AsSpan());
        return order;
    }
}
