using DetectorDsl.Structures;

namespace DetectorDsl.Data.Augmentation;

/// <summary>Cuts a part of a given size out of the image, anywhere; a side that is shorter stays whole.</summary>
/// <remarks>Source: mmdetection, RandomCrop with crop_type absolute. Where no part with an object is found, the last one drawn is taken.</remarks>
/// <param name="height">Height of the part in pixels, at least 1.</param>
/// <param name="width">Width of the part in pixels, at least 1.</param>
/// <param name="allowEmpty">Whether a part without objects will do; else up to ten are drawn.</param>
/// <param name="minVisible">Share of an object that has to be left, 0 to 1.</param>
/// <param name="boxesFromMasks">Whether boxes of cut objects are drawn anew around their masks.</param>
public sealed class RandomCrop(int height, int width, bool allowEmpty, double minVisible, bool boxesFromMasks) : IAugmentation
{
    private readonly CropRules rules = new(minVisible, boxesFromMasks);

    /// <inheritdoc />
    public Sample Apply(Sample sample, RandomSource random, IPartners partners)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(random);
        var (cutHeight, cutWidth) = (Math.Min(height, sample.Image.Height), Math.Min(width, sample.Image.Width));
        return RandomWindow.Cut(sample, rules, allowEmpty, () => RandomWindow.Of(sample.Image, cutHeight, cutWidth, random));
    }
}
