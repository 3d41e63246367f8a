using DetectorDsl.Data.Sampling;
using DetectorDsl.Detection.Preparation;

namespace DetectorDsl.Training;

/// <summary>Every batch of a run, by its number; no model is needed.</summary>
public sealed class TrainingBatches
{
    /// <summary>Takes what batches depend on.</summary>
    /// <param name="builder">Makes batches of images.</param>
    /// <param name="sampler">Order of the images.</param>
    /// <param name="settings">How long and in which portions.</param>
    /// <exception cref="TrainingException">A setting is out of its range.</exception>
    public TrainingBatches(BatchBuilder builder, IImageSampler sampler, TrainingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(sampler);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Check();
        (Builder, Sampler, Settings) = (builder, sampler, settings);
        int[]? groups = settings.GroupByAspectRatio ? [.. builder.Data.Images.Select(image => image.Width < image.Height ? 0 : 1)] : null;
        Order = new ImageOrder(sampler, settings.BatchSize, groups);
    }

    /// <summary>Makes batches of images.</summary>
    public BatchBuilder Builder { get; }

    /// <summary>Order of the images.</summary>
    public IImageSampler Sampler { get; }

    /// <summary>Which images each batch holds.</summary>
    public ImageOrder Order { get; }

    /// <summary>How long and in which portions.</summary>
    public TrainingSettings Settings { get; }

    /// <summary>Makes a batch. Safe on several threads.</summary>
    /// <param name="number">Its number, from 0.</param>
    /// <returns>The batch on the CPU, the caller's to dispose.</returns>
    /// <exception cref="TrainingException">The sampler gives no images, or the storage of the images cannot be reached.</exception>
    public DetectionBatch Build(long number) => Builder.Build(number, Order.Batch(number));
}
