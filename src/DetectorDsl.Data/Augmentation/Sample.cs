using DetectorDsl.Annotations;
using DetectorDsl.Data.Images;

namespace DetectorDsl.Data.Augmentation;

/// <summary>An image with its objects on the way into a batch.</summary>
/// <param name="ImageId">Id in the annotation file.</param>
/// <param name="Image">The pixels.</param>
/// <param name="OriginalHeight">Height of the image as stored.</param>
/// <param name="OriginalWidth">Width of the image as stored.</param>
/// <param name="Objects">Objects to be found.</param>
/// <param name="Crowds">Regions in which detections are neither right nor wrong.</param>
public sealed record Sample(
    long ImageId,
    RgbImage Image,
    int OriginalHeight,
    int OriginalWidth,
    IReadOnlyList<SampleObject> Objects,
    IReadOnlyList<Box> Crowds
)
{
    /// <summary>The sample in another size.</summary>
    /// <param name="height">New height.</param>
    /// <param name="width">New width.</param>
    /// <returns>The resized sample, or this one where the size is the same.</returns>
    public Sample Resize(int height, int width)
    {
        if (height == Image.Height && width == Image.Width)
        {
            return this;
        }

        var (scaleX, scaleY) = ((double)width / Image.Width, (double)height / Image.Height);
        return this with
        {
            Image = Image.Resize(height, width),
            Objects =
            [
                .. Objects.Select(item =>
                    item with
                    {
                        Box = Scale(item.Box),
                        Segmentation = item.Segmentation?.Resize(scaleX, scaleY, height, width),
                    }
                ),
            ],
            Crowds = [.. Crowds.Select(Scale)],
        };

        Box Scale(Box box) => new(box.X * scaleX, box.Y * scaleY, box.Width * scaleX, box.Height * scaleY);
    }
}

/// <summary>An object of a sample, in the pixels of the sample's image.</summary>
/// <param name="Box">Its box.</param>
/// <param name="Label">Its class, 0 to C - 1.</param>
/// <param name="Segmentation">Its outline or mask; null where the data has none.</param>
public sealed record SampleObject(Box Box, int Label, Segmentation? Segmentation);
