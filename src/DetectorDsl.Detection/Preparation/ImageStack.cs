using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Images;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Preparation;

/// <summary>Images of any sizes as one tensor.</summary>
internal static class ImageStack
{
    /// <summary>Normalises and pads images.</summary>
    /// <param name="images">N images.</param>
    /// <param name="pixels">How.</param>
    /// <param name="pinned">Whether the memory is pinned; needs CUDA.</param>
    /// <returns>N x 3 x H x W on the CPU. In memory the colours of a pixel lie side by side, as images are decoded: convolutions on the CPU are
    /// faster that way and hand the layout on to their outputs.</returns>
    public static unsafe Tensor Of(IReadOnlyList<RgbImage> images, BatchPixels pixels, bool pinned = false)
    {
        using var scope = NewDisposeScope();
        var (height, width) = pixels.PaddedSize(images);
        var stack = empty([images.Count, height, width, 3], dtype: ScalarType.Float32);
        var values = CpuMemory.Pointer<float>(stack);
        var size = checked(height * width * 3);
        for (var image = 0; image < images.Count; image++)
        {
            pixels.Write(images[image], new Span<float>(values + ((long)image * size), size), height, width);
        }

        return (pinned ? stack.pin_memory() : stack).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <summary>Sizes of one of the images.</summary>
    /// <param name="id">Its id; 0 where there is none.</param>
    /// <param name="size">Height and width after resizing.</param>
    /// <param name="originalHeight">Its height as stored.</param>
    /// <param name="originalWidth">Its width as stored.</param>
    /// <param name="pixels">How it is padded.</param>
    public static ImageShape Shape(long id, (int Height, int Width) size, int originalHeight, int originalWidth, BatchPixels pixels)
    {
        var (height, width) = pixels.PaddedSize([size]);
        return new ImageShape(id, size.Height, size.Width, originalHeight, originalWidth) { PaddedHeight = height, PaddedWidth = width };
    }

    /// <summary>Normalises, resizes and pads images; colours are not rounded on the way.</summary>
    /// <param name="images">N images.</param>
    /// <param name="sizes">Height and width that each is to have.</param>
    /// <param name="flipped">Whether they are mirrored left and right.</param>
    /// <param name="pixels">How they are normalised and padded.</param>
    /// <returns>N x 3 x H x W on the CPU, in memory as <see cref="Of" /> has it.</returns>
    public static Tensor Resized(
        IReadOnlyList<RgbImage> images,
        IReadOnlyList<(int Height, int Width)> sizes,
        bool flipped,
        BatchPixels pixels
    )
    {
        using var scope = NewDisposeScope();
        var (height, width) = pixels.PaddedSize(sizes);
        var stack = zeros([images.Count, height, width, 3], dtype: ScalarType.Float32).permute(0, 3, 1, 2);
        for (var i = 0; i < images.Count; i++)
        {
            var (image, size) = (images[i], sizes[i]);
            var stored = empty([1, image.Height, image.Width, 3], dtype: ScalarType.Float32);
            pixels.Write(image, CpuMemory.Span<float>(stored), image.Height, image.Width);
            var resized = nn.functional.interpolate(
                stored.permute(0, 3, 1, 2),
                size: [size.Height, size.Width],
                mode: InterpolationMode.Bilinear,
                align_corners: false
            );
            stack.narrow(0, i, 1).narrow(2, 0, size.Height).narrow(3, 0, size.Width).copy_(flipped ? resized.flip(3) : resized);
        }

        return stack.MoveToOuterDisposeScope();
    }
}
