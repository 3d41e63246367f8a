namespace DetectorDsl.Data.Sampling;

/// <summary>In which order, and how often, the images of an epoch are shown.</summary>
public interface IImageSampler
{
    /// <summary>The order of an epoch.</summary>
    /// <param name="epoch">Number of the epoch from 0; the same number gives the same order.</param>
    /// <returns>Indices of images, with repetitions where the sampler wants them.</returns>
    int[] Epoch(int epoch);

    /// <summary>How often an epoch shows each image, as the mean over epochs.</summary>
    /// <returns>A number for each image; null (default) where the sampler cannot say, and an epoch has to be drawn.</returns>
    IReadOnlyList<double>? ExpectedViews() => null;

    /// <summary>What the sampler's settings do to these images, for a person, before training.</summary>
    /// <returns>A line or two; none (default) where there is nothing to tell.</returns>
    IReadOnlyList<string> Describe() => [];
}
