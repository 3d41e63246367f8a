using DetectorDsl.Annotations;
using DetectorDsl.Data.Images;
using DetectorDsl.Structures;

namespace DetectorDsl.Data.Augmentation;

/// <summary>Pastes some objects of another sample over this one, pixel by pixel of their masks, and takes what they hide from the masks below.</summary>
/// <remarks>Source: Ghiasi et al. 2021, section 3; mmdetection, CopyPaste.</remarks>
/// <param name="probability">Share of the samples over which something is pasted, 0 to 1.</param>
/// <param name="maxObjects">Most objects that are pasted, at least 1.</param>
/// <param name="minVisible">Share of a hidden object that has to be left, 0 to 1.</param>
public sealed class CopyPaste(double probability, int maxObjects, double minVisible) : IAugmentation
{
    private static readonly CropRules Keep = new(MinVisible: 0, BoxesFromMasks: true);

    /// <inheritdoc />
    public Sample Apply(Sample sample, RandomSource random, IPartners partners)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(partners);
        if (random.NextDouble() >= probability)
        {
            return sample;
        }

        var (height, width) = (sample.Image.Height, sample.Image.Width);
        var partner = partners.Draw(random);
        var pasted = Keep.Crop(partner with { Objects = Choose(partner.Objects, random) }, new PixelWindow(0, 0, height, width));
        if (pasted.Objects.Count == 0)
        {
            return sample;
        }

        var cover = RleMask.Merge([.. pasted.Objects.Select(item => item.Segmentation!.ToMask(height, width))], intersect: false);
        return sample with
        {
            Image = Paste(sample.Image, pasted.Image, cover),
            Objects = [.. sample.Objects.Select(item => Hide(item, cover)).OfType<SampleObject>(), .. pasted.Objects],
        };
    }

    private SampleObject[] Choose(IReadOnlyList<SampleObject> objects, RandomSource random)
    {
        var masked = objects.Where(item => item.Segmentation is not null).ToArray();
        random.Shuffle(masked.AsSpan());
        return masked[..random.NextInt(Math.Min(masked.Length, maxObjects) + 1)];
    }

    private SampleObject? Hide(SampleObject item, RleMask cover)
    {
        if (item.Segmentation is null)
        {
            var covered = RleMask.Intersection(cover, RleMask.FromBox(item.Box, cover.Height, cover.Width));
            return item.Box.Area - covered > 0 && item.Box.Area - covered >= minVisible * item.Box.Area ? item : null;
        }

        var mask = item.Segmentation.ToMask(cover.Height, cover.Width);
        if (RleMask.Intersection(mask, cover) == 0)
        {
            return item;
        }

        var rest = mask.Without(cover);
        return rest.Area > 0 && rest.Area >= minVisible * mask.Area
            ? item with
            {
                Box = rest.Bounds,
                Segmentation = new RleSegmentation(rest),
            }
            : null;
    }

    private static RgbImage Paste(RgbImage below, RgbImage above, RleMask cover)
    {
        var pixels = (byte[])below.Pixels.Clone();
        var covered = cover.ToBitmap();
        for (var i = 0; i < covered.Length; i++)
        {
            if (covered[i] != 0)
            {
                above.Pixels.AsSpan(3 * i, 3).CopyTo(pixels.AsSpan(3 * i));
            }
        }

        return below with
        {
            Pixels = pixels,
        };
    }
}
