using DetectorDsl.Data.Sampling;
using DetectorDsl.Structures;

namespace DetectorDsl.EndToEnd.Components;

/// <summary>Does the work of <see cref="RarestFirst" />.</summary>
/// <param name="index">Which classes each image holds.</param>
/// <param name="repetitions">How often the images of the rarest class are shown.</param>
/// <param name="seed">Seed of the order of the others.</param>
public sealed class RarestFirstSampler(ImageClassIndex index, int repetitions, long seed) : IImageSampler
{
    /// <inheritdoc />
    public int[] Epoch(int epoch)
    {
        var (rarest, _) = index.ImageCounts().Index().Where(item => item.Item > 0).MinBy(item => item.Item);
        var rare = Enumerable.Range(0, index.Labels.Length).Where(image => index.Labels[image].Contains(rarest)).ToArray();
        int[] others = [.. Enumerable.Range(0, index.Labels.Length).Except(rare)];
        RandomSource.For(seed, epoch).Shuffle(others.AsSpan());
        return [.. Enumerable.Repeat(rare, repetitions).SelectMany(images => images), .. others];
    }
}
