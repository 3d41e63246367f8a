using DetectorDsl.Structures;

namespace DetectorDsl.Data.Augmentation;

/// <summary>Resizes so that the short side reaches a wanted length unless the long side would exceed its bound; keeps the aspect ratio.</summary>
/// <remarks>scale = min(longSide / long, shortSide / short), sizes rounded half up. Source: mmdetection, Resize with keep_ratio; mmcv, rescale_size.</remarks>
/// <param name="shortSides">Wanted lengths of the short side in pixels; one is drawn per image.</param>
/// <param name="longSide">Bound of the long side in pixels.</param>
public sealed class Resize(IReadOnlyList<int> shortSides, int longSide) : IAugmentation
{
    /// <inheritdoc />
    public Sample Apply(Sample sample, RandomSource random, IPartners partners)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(random);
        var shortSide = shortSides[shortSides.Count == 1 ? 0 : random.NextInt(shortSides.Count)];
        var (height, width) = Fit(sample.Image.Height, sample.Image.Width, shortSide, longSide);
        return sample.Resize(height, width);
    }

    /// <summary>The size that an image gets.</summary>
    /// <param name="height">Its height.</param>
    /// <param name="width">Its width.</param>
    /// <param name="shortSide">Wanted short side.</param>
    /// <param name="longSide">Bound of the long side.</param>
    /// <returns>New height and width, at least 1.</returns>
    public static (int Height, int Width) Fit(int height, int width, int shortSide, int longSide)
    {
        var scale = Math.Min(
            (double)Math.Max(shortSide, longSide) / Math.Max(height, width),
            (double)Math.Min(shortSide, longSide) / Math.Min(height, width)
        );
        return (Math.Max(1, (int)((height * scale) + 0.5)), Math.Max(1, (int)((width * scale) + 0.5)));
    }

    /// <summary>
    /// The size that torchvision's detectors give an image: the scale is in single precision, sides are rounded down, so that 799 may come
    /// of 800.
    /// </summary>
    /// <remarks>
    /// Source: torchvision, models/detection/transform.py; torch divides a number by a tensor by multiplying it with the tensor's
    /// reciprocal.
    /// </remarks>
    /// <param name="height">Its height.</param>
    /// <param name="width">Its width.</param>
    /// <param name="shortSide">Wanted short side.</param>
    /// <param name="longSide">Bound of the long side.</param>
    /// <returns>New height and width, at least 1.</returns>
    public static (int Height, int Width) FitCut(int height, int width, int shortSide, int longSide)
    {
        double scale = MathF.Min(1f / Math.Min(height, width) * shortSide, 1f / Math.Max(height, width) * longSide);
        return (Math.Max(1, (int)(height * scale)), Math.Max(1, (int)(width * scale)));
    }
}
