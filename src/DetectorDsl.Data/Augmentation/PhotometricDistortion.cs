using DetectorDsl.Data.Images;
using DetectorDsl.Structures;

namespace DetectorDsl.Data.Augmentation;

/// <summary>Changes brightness, contrast, saturation and hue and exchanges channels; objects stay as they are.</summary>
/// <remarks>Source: mmdetection, PhotoMetricDistortion. Values are cut to 0 to 255 after each step and rounded at the end.</remarks>
/// <param name="probability">Share of the samples to which each of the changes happens, 0 to 1.</param>
/// <param name="brightness">Most that is added to or taken off values of 0 to 255.</param>
/// <param name="minContrast">One end of the range of factors of all values.</param>
/// <param name="maxContrast">The other end.</param>
/// <param name="minSaturation">One end of the range of factors of the saturation.</param>
/// <param name="maxSaturation">The other end.</param>
/// <param name="hue">Most degrees by which hues are turned, either way.</param>
/// <param name="exchangeChannels">Whether channels are exchanged.</param>
public sealed class PhotometricDistortion(
    double probability,
    double brightness,
    double minContrast,
    double maxContrast,
    double minSaturation,
    double maxSaturation,
    double hue,
    bool exchangeChannels
) : IAugmentation
{
    /// <inheritdoc />
    public Sample Apply(Sample sample, RandomSource random, IPartners partners)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(random);
        var added = Happens() ? random.Between(-brightness, brightness) : 0;
        var contrast = Happens() ? random.Between(minContrast, maxContrast) : 1;
        var contrastFirst = random.NextInt(2) == 0;
        var saturation = Happens() ? random.Between(minSaturation, maxSaturation) : 1;
        var turn = Happens() ? random.Between(-hue, hue) : 0;
        int[] channels = [0, 1, 2];
        if (Happens() && exchangeChannels)
        {
            random.Shuffle(channels.AsSpan());
        }

        var distortion = new ColourDistortion((float)added, (float)contrast, contrastFirst, (float)saturation, (float)turn, channels);
        return distortion.ChangesNothing ? sample : sample with { Image = distortion.Apply(sample.Image) };

        bool Happens() => random.NextDouble() < probability;
    }
}

/// <summary>One change of colours, with all its numbers.</summary>
/// <param name="Added">Added to every value.</param>
/// <param name="Contrast">Factor of every value.</param>
/// <param name="ContrastFirst">Whether contrast comes before saturation and hue, or after them.</param>
/// <param name="Saturation">Factor of the saturation.</param>
/// <param name="Turn">Degrees by which hues are turned.</param>
/// <param name="Channels">Which channel becomes red, green and blue: 0 for red, 1 for green, 2 for blue.</param>
internal sealed record ColourDistortion(float Added, float Contrast, bool ContrastFirst, float Saturation, float Turn, int[] Channels)
{
    private const float Sector = 60;

    public bool ChangesNothing => Added == 0 && Contrast == 1 && !TouchesHue && Channels is [0, 1, 2];

    private bool TouchesHue => Saturation != 1 || Turn != 0;

    public RgbImage Apply(RgbImage image)
    {
        var before = Enumerable.Range(0, 256).Select(value => Limit((Limit(value + Added)) * (ContrastFirst ? Contrast : 1))).ToArray();
        var after = ContrastFirst ? 1 : Contrast;
        var source = image.Pixels;
        var target = new byte[source.Length];
        Span<float> pixel = stackalloc float[3];
        for (var i = 0; i < source.Length; i += 3)
        {
            (pixel[0], pixel[1], pixel[2]) = (before[source[i]], before[source[i + 1]], before[source[i + 2]]);
            if (TouchesHue)
            {
                TurnHue(pixel);
            }

            for (var channel = 0; channel < 3; channel++)
            {
                target[i + channel] = (byte)(Limit(pixel[Channels[channel]] * after) + 0.5f);
            }
        }

        return image with
        {
            Pixels = target,
        };
    }

    // HSV: value = largest channel, saturation = (largest - smallest) / largest, hue = where between the channels the colour lies, in degrees.
    private void TurnHue(Span<float> pixel)
    {
        var (red, green, blue) = (pixel[0], pixel[1], pixel[2]);
        var value = Math.Max(red, Math.Max(green, blue));
        var range = value - Math.Min(red, Math.Min(green, blue));
        if (range <= 0)
        {
            return;
        }

        var sector =
            value == red ? (green - blue) / range
            : value == green ? ((blue - red) / range) + 2
            : ((red - green) / range) + 4;
        sector = (sector + (Turn / Sector) + 12) % 6;
        var chroma = Math.Min(1, range / value * Saturation) * value;
        for (var channel = 0; channel < 3; channel++)
        {
            // How far the channel is from its own sector: within one it is at the top, from two on at the bottom.
            var distance = Math.Abs(sector - (2 * channel));
            distance = Math.Min(distance, 6 - distance);
            pixel[channel] = value - (chroma * Math.Clamp(distance - 1, 0, 1));
        }
    }

    private static float Limit(float value) => Math.Clamp(value, 0, 255);
}
