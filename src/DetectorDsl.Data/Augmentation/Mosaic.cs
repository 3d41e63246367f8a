using DetectorDsl.Annotations;
using DetectorDsl.Data.Images;
using DetectorDsl.Structures;

namespace DetectorDsl.Data.Augmentation;

/// <summary>Puts four samples together around a random point, in a frame of twice the height and width.</summary>
/// <remarks>Source: mmdetection, Mosaic; Bochkovskiy et al. 2020, section 3.3.</remarks>
/// <param name="height">Height in pixels of the frame that each image is fitted into.</param>
/// <param name="width">Width in pixels of that frame.</param>
/// <param name="probability">Share of the samples that become a mosaic, 0 to 1.</param>
/// <param name="minCentre">One end of the range in which the point lies, as a share of height and width, 0 to 2.</param>
/// <param name="maxCentre">The other end.</param>
/// <param name="fill">Grey value of what no image covers, 0 to 255.</param>
/// <param name="minVisible">Share of an object that has to be left, 0 to 1.</param>
/// <param name="boxesFromMasks">Whether boxes of cut objects are drawn anew around their masks.</param>
public sealed class Mosaic(
    int height,
    int width,
    double probability,
    double minCentre,
    double maxCentre,
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
        ArgumentNullException.ThrowIfNull(partners);
        if (random.NextDouble() >= probability)
        {
            return sample;
        }

        var centreX = (int)(random.Between(minCentre, maxCentre) * width);
        var centreY = (int)(random.Between(minCentre, maxCentre) * height);
        Sample[] quarters =
        [
            Place(sample, right: false, below: false),
            Place(partners.Draw(random), right: true, below: false),
            Place(partners.Draw(random), right: false, below: true),
            Place(partners.Draw(random), right: true, below: true),
        ];
        return sample with
        {
            Image = Join([.. quarters.Select(quarter => quarter.Image)], centreX, centreY),
            Objects = [.. quarters.SelectMany(quarter => quarter.Objects)],
            Crowds = [.. quarters.SelectMany(quarter => quarter.Crowds)],
        };

        // The whole frame as a window of the fitted image, which lies with one corner at the point.
        Sample Place(Sample whole, bool right, bool below)
        {
            var scale = Math.Min((double)height / whole.Image.Height, (double)width / whole.Image.Width);
            var fitted = whole.Resize(Math.Max(1, (int)(whole.Image.Height * scale)), Math.Max(1, (int)(whole.Image.Width * scale)));
            var left = right ? centreX : centreX - fitted.Image.Width;
            var top = below ? centreY : centreY - fitted.Image.Height;
            return rules.Crop(fitted, new PixelWindow(-left, -top, 2 * height, 2 * width), (byte)fill);
        }
    }

    // Each frame holds its image in its own quarter, and fill everywhere else.
    private static RgbImage Join(RgbImage[] frames, int centreX, int centreY)
    {
        var joined = frames[0];
        for (var y = 0; y < joined.Height; y++)
        {
            var (left, right) = y < centreY ? (frames[0], frames[1]) : (frames[2], frames[3]);
            var row = y * joined.Width * 3;
            var middle = Math.Clamp(centreX, 0, joined.Width) * 3;
            left.Pixels.AsSpan(row, middle).CopyTo(joined.Pixels.AsSpan(row));
            right.Pixels.AsSpan(row + middle, (joined.Width * 3) - middle).CopyTo(joined.Pixels.AsSpan(row + middle));
        }

        return joined;
    }
}
