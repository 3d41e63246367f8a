using DetectorDsl.Annotations;
using DetectorDsl.Structures;

namespace DetectorDsl.Data.Augmentation;

/// <summary>Fits the image into a frame times a random scale, then cuts a random part of the frame's size or pads to it at the bottom and right.</summary>
/// <remarks>Source: detectron2, ResizeScale and FixedSizeCrop; Ghiasi et al. 2021, section 4.</remarks>
/// <param name="height">Height of the frame in pixels.</param>
/// <param name="width">Width of the frame in pixels.</param>
/// <param name="minScale">One end of the range of scales, above 0.</param>
/// <param name="maxScale">The other end.</param>
/// <param name="fill">Grey value of the padding, 0 to 255.</param>
/// <param name="minVisible">Share of an object that has to be left, 0 to 1.</param>
/// <param name="boxesFromMasks">Whether boxes of cut objects are drawn anew around their masks.</param>
public sealed class LargeScaleJitter(
    int height,
    int width,
    double minScale,
    double maxScale,
    int fill,
    double minVisible,
    bool boxesFromMasks
) : IAugmentation
{
    private readonly CropRules rules = new(minVisible, boxesFromMasks);

    /// <inheritdoc />
    public Sample Apply(Sample sample, RandomSource random, IPartners partners)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(random);
        var scale = random.Between(minScale, maxScale);
        var fit = Math.Min(height * scale / sample.Image.Height, width * scale / sample.Image.Width);
        var resized = sample.Resize(Scaled(sample.Image.Height, fit), Scaled(sample.Image.Width, fit));
        return rules.Crop(resized, RandomWindow.Of(resized.Image, height, width, random), (byte)fill);
    }

    // Half to even, as numpy rounds.
    private static int Scaled(int size, double scale) => Math.Max(1, (int)Math.Round(size * scale));
}
