using DetectorDsl.Annotations;
using DetectorDsl.Data.Images;
using DetectorDsl.Structures;

namespace DetectorDsl.Data.Augmentation;

/// <summary>Draws windows, each possible place alike often.</summary>
internal static class RandomWindow
{
    private const int Tries = 10;

    /// <summary>A window of a size; in a direction in which the image is shorter, it begins with the image and reaches beyond it.</summary>
    public static PixelWindow Of(RgbImage image, int height, int width, RandomSource random)
    {
        var y = random.NextInt(Math.Max(0, image.Height - height) + 1);
        var x = random.NextInt(Math.Max(0, image.Width - width) + 1);
        return new PixelWindow(x, y, height, width);
    }

    /// <summary>Cuts a drawn window out of a sample; where one without objects will not do, up to ten are drawn.</summary>
    public static Sample Cut(Sample sample, CropRules rules, bool allowEmpty, Func<PixelWindow> draw)
    {
        var window = draw();
        if (!allowEmpty && sample.Objects.Count > 0)
        {
            for (var drawn = 1; drawn < Tries && rules.Visible(sample, window).Count == 0; drawn++)
            {
                window = draw();
            }
        }

        return rules.Crop(sample, window);
    }
}
