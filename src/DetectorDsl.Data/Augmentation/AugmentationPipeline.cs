using DetectorDsl.Structures;

namespace DetectorDsl.Data.Augmentation;

/// <summary>Reads samples and applies augmentations to them, in order. What comes of a sample depends on its index and stream alone; safe on several threads.</summary>
public sealed class AugmentationPipeline
{
    private readonly int count;
    private readonly Func<int, Sample> read;
    private readonly IReadOnlyList<IAugmentation> augmentations;
    private readonly Partners[] partners;

    /// <summary>Takes the samples and what is done to them.</summary>
    /// <param name="count">Number of samples.</param>
    /// <param name="read">Reads the sample of an index, 0 to count - 1. Called on several threads.</param>
    /// <param name="augmentations">Changes of each sample, in order.</param>
    public AugmentationPipeline(int count, Func<int, Sample> read, IReadOnlyList<IAugmentation> augmentations)
    {
        ArgumentNullException.ThrowIfNull(augmentations);
        (this.count, this.read, this.augmentations) = (count, read, augmentations);
        partners = [.. augmentations.Select((_, step) => new Partners(this, step))];
    }

    /// <summary>Makes a sample.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="random">Its own stream of random numbers.</param>
    /// <returns>The sample after all augmentations.</returns>
    public Sample Make(int index, RandomSource random) => Make(index, random, augmentations.Count);

    private Sample Make(int index, RandomSource random, int steps)
    {
        var sample = read(index);
        for (var step = 0; step < steps; step++)
        {
            sample = augmentations[step].Apply(sample, random, partners[step]);
        }

        return sample;
    }

    private sealed class Partners(AugmentationPipeline pipeline, int steps) : IPartners
    {
        public Sample Draw(RandomSource random)
        {
            ArgumentNullException.ThrowIfNull(random);
            var index = random.NextInt(pipeline.count);
            return pipeline.Make(index, RandomSource.For(unchecked((long)random.NextBits())), steps);
        }
    }
}
