using DetectorDsl.Data.Images;

namespace DetectorDsl.Detection.Preparation;

/// <summary>How a copy of an image differs from the image as a detector is trained to see it.</summary>
/// <param name="Scale">Its size as a multiple of the preparation's, above 0.</param>
/// <param name="IsFlipped">Whether it is mirrored left and right.</param>
public readonly record struct ImageCopy(double Scale, bool IsFlipped)
{
    /// <summary>The image itself and no other copy.</summary>
    public static IReadOnlyList<ImageCopy> Plain { get; } = [new(1, false)];

    /// <summary>Every scale, as it is and, where wanted, mirrored, too.</summary>
    /// <param name="scales">The scales; none stands for 1.</param>
    /// <param name="withFlipped">Whether mirrored copies are wanted.</param>
    /// <returns>The copies; the first is not mirrored.</returns>
    public static IReadOnlyList<ImageCopy> All(IReadOnlyList<double> scales, bool withFlipped)
    {
        ArgumentNullException.ThrowIfNull(scales);
        bool[] flips = withFlipped ? [false, true] : [false];
        double[] sizes = scales.Count == 0 ? [1] : [.. scales];
        return [.. sizes.SelectMany(_ => flips, (scale, flip) => new ImageCopy(scale, flip))];
    }

    /// <summary>How the copy is prepared.</summary>
    /// <param name="preparation">How the image itself is.</param>
    /// <returns>The same with the copy's size.</returns>
    public ImagePreparation Of(ImagePreparation preparation)
    {
        ArgumentNullException.ThrowIfNull(preparation);
        return preparation with { ShortSide = Sized(preparation.ShortSide), LongSide = Sized(preparation.LongSide) };
    }

    /// <summary>The copy of an image, before padding.</summary>
    /// <param name="image">The image as stored.</param>
    /// <param name="preparation">How the image itself is prepared.</param>
    /// <returns>The resized and, where this is one, mirrored copy.</returns>
    public RgbImage Of(RgbImage image, ImagePreparation preparation)
    {
        var resized = Of(preparation).Apply(image);
        return IsFlipped ? resized.FlipHorizontally() : resized;
    }

    private int Sized(int side) => Math.Max(1, (int)Math.Round(Scale * side, MidpointRounding.AwayFromZero));
}
