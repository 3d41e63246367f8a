using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Operators;

/// <summary>torchvision's preparation of an image tensor, for models whose weights were trained with it.</summary>
/// <remarks>Source: torchvision, models/detection/transform.py.</remarks>
public static class ImageResize
{
    /// <summary>Normalises, resizes bilinearly and pads with zeros at the right and bottom.</summary>
    /// <param name="image">3 x H x W, 0 to 1.</param>
    /// <param name="mean">Mean of each channel.</param>
    /// <param name="deviation">Standard deviation of each channel.</param>
    /// <param name="minSize">Wanted short side.</param>
    /// <param name="maxSize">Bound of the long side.</param>
    /// <param name="padTo">Both sides become multiples of this.</param>
    /// <returns>3 x padded height x padded width, and the size before padding.</returns>
    public static (Tensor Image, int Height, int Width) Apply(Tensor image, IReadOnlyList<double> mean, IReadOnlyList<double> deviation, int minSize, int maxSize, int padTo = 32)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var scope = NewDisposeScope();
        var (height, width) = ((int)image.shape[1], (int)image.shape[2]);

        // In single precision, and rounded down: 799 occurs where 800 is wanted.
        var scale = MathF.Min((float)minSize / Math.Min(height, width), (float)maxSize / Math.Max(height, width));
        var (newHeight, newWidth) = ((int)Math.Floor(height * (double)scale), (int)Math.Floor(width * (double)scale));
        var normalised = (image - tensor(mean.ToArray(), dtype: image.dtype, device: image.device).view(3, 1, 1)) / tensor(deviation.ToArray(), dtype: image.dtype, device: image.device).view(3, 1, 1);
        var resized = nn.functional.interpolate(normalised.unsqueeze(0), size: [newHeight, newWidth], mode: InterpolationMode.Bilinear, align_corners: false).squeeze(0);
        var (paddedHeight, paddedWidth) = ((newHeight + padTo - 1) / padTo * padTo, (newWidth + padTo - 1) / padTo * padTo);
        var padded = nn.functional.pad(resized, [0, paddedWidth - newWidth, 0, paddedHeight - newHeight]);
        return (padded.MoveToOuterDisposeScope(), newHeight, newWidth);
    }
}
