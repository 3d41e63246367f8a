using System.Collections.Immutable;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Images;

namespace DetectorDsl.Detection.Preparation;

/// <summary>How every image is prepared at inference.</summary>
/// <param name="Mean">Mean of red, green, blue, 0 to 255.</param>
/// <param name="Std">Standard deviation of red, green, blue, above 0.</param>
/// <param name="PadTo">Height and width become multiples of this, at least 1.</param>
/// <param name="ShortSide">Wanted short side in pixels.</param>
/// <param name="LongSide">Bound of the long side in pixels.</param>
/// <param name="CutSides">
/// Whether sides are cut to whole pixels, by a scale in single precision (torchvision), or rounded. Default false.
/// </param>
/// <param name="WholeColours">
/// Whether resized colours are rounded to whole numbers, or kept as they are (torchvision). Default true.
/// </param>
public sealed record ImagePreparation(
    ImmutableArray<double> Mean,
    ImmutableArray<double> Std,
    int PadTo,
    int ShortSide,
    int LongSide,
    bool CutSides = false,
    bool WholeColours = true
)
{
    /// <summary>The size that an image gets before padding; the aspect ratio stays.</summary>
    /// <param name="height">Its height.</param>
    /// <param name="width">Its width.</param>
    /// <returns>New height and width, each at least 1.</returns>
    public (int Height, int Width) Fit(int height, int width)
    {
        var (newHeight, newWidth) = CutSides
            ? Resize.FitCut(height, width, ShortSide, LongSide)
            : Resize.Fit(height, width, ShortSide, LongSide);
        return (Math.Max(1, newHeight), Math.Max(1, newWidth));
    }

    /// <summary>The image in its size at inference, in whole colours.</summary>
    /// <param name="image">The image as stored.</param>
    /// <returns>The resized image.</returns>
    public RgbImage Apply(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var (height, width) = Fit(image.Height, image.Width);
        return image.Resize(height, width);
    }

    /// <summary>What normalises and pads.</summary>
    /// <returns>What writes the pixels.</returns>
    public BatchPixels Pixels() => new(Mean, Std, PadTo);

    /// <inheritdoc />
    public bool Equals(ImagePreparation? other) =>
        other is not null
        && Mean.SequenceEqual(other.Mean)
        && Std.SequenceEqual(other.Std)
        && (PadTo, ShortSide, LongSide) == (other.PadTo, other.ShortSide, other.LongSide)
        && (CutSides, WholeColours) == (other.CutSides, other.WholeColours);

    /// <inheritdoc />
    public override int GetHashCode() =>
        HashCode.Combine(Mean.Length, Mean.IsEmpty ? 0 : Mean[0], Std.IsEmpty ? 0 : Std[0], PadTo, ShortSide, LongSide);
}
