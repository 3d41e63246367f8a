using DetectorDsl.Annotations;
using DetectorDsl.Structures;

namespace DetectorDsl.Data.Augmentation;

/// <summary>SSD's crop: a part of the image whose best overlap with an object is not below a bound, one of several; only objects with their centre inside are kept.</summary>
/// <remarks>Source: torchvision, RandomIoUCrop; Liu et al. 2016, section 2.2.</remarks>
/// <param name="minOverlaps">The n bounds, 0 to 1. Beside them, and as often as each, the image stays whole, or any part with an object's centre will do.</param>
/// <param name="minScale">Least share of either side, above 0 to 1.</param>
/// <param name="maxAspectRatio">Most that one side may be longer than the other, at least 1.</param>
/// <param name="minVisible">Share of an object that has to be left, 0 to 1.</param>
/// <param name="boxesFromMasks">Whether boxes of cut objects are drawn anew around their masks.</param>
public sealed class MinIouCrop(
    IReadOnlyList<double> minOverlaps,
    double minScale,
    double maxAspectRatio,
    double minVisible,
    bool boxesFromMasks
) : IAugmentation
{
    private const int Rounds = 10;
    private const int Tries = 40;

    private readonly CropRules rules = new(minVisible, boxesFromMasks);

    /// <inheritdoc />
    public Sample Apply(Sample sample, RandomSource random, IPartners partners)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(random);
        for (var round = 0; round < Rounds && sample.Objects.Count > 0; round++)
        {
            var choice = random.NextInt(minOverlaps.Count + 2);
            if (choice == 0)
            {
                return sample;
            }

            var bound = choice == 1 ? 0 : minOverlaps[choice - 2];
            for (var drawn = 0; drawn < Tries; drawn++)
            {
                if (
                    Draw(sample, random) is { } window
                    && KeepCentred(sample, window) is { Objects.Count: > 0 } kept
                    && kept.Objects.Max(item => Overlap(window, item.Box)) >= bound
                )
                {
                    return rules.Crop(kept, window);
                }
            }
        }

        return sample;
    }

    /// <summary>Intersection over union of a window and a box.</summary>
    /// <param name="window">The window.</param>
    /// <param name="box">The box.</param>
    /// <returns>0 to 1.</returns>
    internal static double Overlap(PixelWindow window, Box box)
    {
        var common = window.Cut(box, window).Area;
        return common / (((double)window.Height * window.Width) + box.Area - common);
    }

    private PixelWindow? Draw(Sample sample, RandomSource random)
    {
        var height = (int)(sample.Image.Height * random.Between(minScale, 1));
        var width = (int)(sample.Image.Width * random.Between(minScale, 1));
        return height > 0 && width > 0 && Math.Max(height, width) <= maxAspectRatio * Math.Min(height, width)
            ? RandomWindow.Of(sample.Image, height, width, random)
            : null;
    }

    private static Sample KeepCentred(Sample sample, PixelWindow window) =>
        sample with
        {
            Objects =
            [
                .. sample.Objects.Where(item =>
                {
                    var (x, y) = (item.Box.X + (item.Box.Width / 2) - window.X, item.Box.Y + (item.Box.Height / 2) - window.Y);
                    return x > 0 && x < window.Width && y > 0 && y < window.Height;
                }),
            ],
        };
}
