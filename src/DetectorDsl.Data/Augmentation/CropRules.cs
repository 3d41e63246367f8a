using DetectorDsl.Annotations;

namespace DetectorDsl.Data.Augmentation;

/// <summary>How samples are cut, and which objects remain.</summary>
/// <param name="MinVisible">Share of an object that has to be left, 0 to 1: of the pixels of its mask where it has one, else of its box.</param>
/// <param name="BoxesFromMasks">Whether the box of an object that is cut is drawn anew around what is left of its mask; else the box itself is cut.</param>
public sealed record CropRules(double MinVisible, bool BoxesFromMasks)
{
    private const double ThinnestBox = 1;

    /// <summary>Cuts a window out of a sample.</summary>
    /// <param name="sample">The sample; stays as it is.</param>
    /// <param name="window">The window, in pixels of the sample's image; may reach beyond it.</param>
    /// <param name="fill">Grey value of what lies beyond the image.</param>
    /// <returns>The part of the sample, of the window's size. Crowds keep what of them is inside.</returns>
    public Sample Crop(Sample sample, PixelWindow window, byte fill = 0)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return sample with
        {
            Image = sample.Image.Crop(window, fill),
            Objects = Visible(sample, window),
            Crowds =
            [
                .. sample
                    .Crowds.Select(crowd => window.Cut(crowd, window.Within(sample.Image.Height, sample.Image.Width)))
                    .Where(crowd => crowd.Area > 0),
            ],
        };
    }

    /// <summary>The objects that remain in a window.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="window">The window, in pixels of the sample's image.</param>
    /// <returns>The objects, in the window's pixels.</returns>
    public IReadOnlyList<SampleObject> Visible(Sample sample, PixelWindow window)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return [.. sample.Objects.Select(item => Cut(item, sample, window)).OfType<SampleObject>()];
    }

    /// <summary>Whether a box is as large as the thinnest that training can use.</summary>
    /// <param name="box">The box.</param>
    /// <returns>False where a side is shorter than a pixel.</returns>
    internal static bool IsThickEnough(Box box) => Math.Min(box.Width, box.Height) >= ThinnestBox;

    private SampleObject? Cut(SampleObject item, Sample sample, PixelWindow window)
    {
        var (height, width) = (sample.Image.Height, sample.Image.Width);
        var segmentation = item.Segmentation?.Crop(window, height, width);
        if (segmentation is null && item.Segmentation is not null)
        {
            return null;
        }

        var seen = window.Within(height, width);
        var isWhole = seen.Contains(item.Box);
        var box = isWhole || segmentation is null || !BoxesFromMasks ? window.Cut(item.Box, seen) : segmentation.Bounds;
        return IsThickEnough(box) && (isWhole || MinVisible == 0 || Share() >= MinVisible)
            ? new SampleObject(box, item.Label, segmentation)
            : null;

        double Share()
        {
            var whole = item.Segmentation?.ToMask(height, width).Area ?? 0;
            return whole > 0
                ? segmentation!.ToMask(window.Height, window.Width).Area / (double)whole
                : window.Cut(item.Box, seen).Area / item.Box.Area;
        }
    }
}
