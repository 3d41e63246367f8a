using DetectorDsl.Structures;

namespace DetectorDsl.Data.Augmentation;

/// <summary>Cuts a part out of the image, anywhere, each side a random share of the image's.</summary>
/// <remarks>Source: mmdetection, RandomCrop with crop_type relative_range. Where no part with an object is found, the last one drawn is taken.</remarks>
/// <param name="minShare">One end of the range of either side's share, above 0.</param>
/// <param name="maxShare">The other end, at most 1.</param>
/// <param name="allowEmpty">Whether a part without objects will do; else up to ten are drawn.</param>
/// <param name="minVisible">Share of an object that has to be left, 0 to 1.</param>
/// <param name="boxesFromMasks">Whether boxes of cut objects are drawn anew around their masks.</param>
public sealed class RelativeCrop(double minShare, double maxShare, bool allowEmpty, double minVisible, bool boxesFromMasks) : IAugmentation
{
    private readonly CropRules rules = new(minVisible, boxesFromMasks);

    /// <inheritdoc />
    public Sample Apply(Sample sample, RandomSource random, IPartners partners)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(random);
        return RandomWindow.Cut(sample, rules, allowEmpty, () =>
        {
            var height = Share(sample.Image.Height);
            return RandomWindow.Of(sample.Image, height, Share(sample.Image.Width), random);
        });

        int Share(int size) => Math.Clamp((int)((size * random.Between(minShare, maxShare)) + 0.5), 1, size);
    }
}
