using DetectorDsl.Data.Images;

namespace DetectorDsl.Data.Augmentation;

/// <summary>Turns images into the normalised, padded pixels of a batch.</summary>
/// <param name="mean">Mean of red, green, blue, 0 to 255.</param>
/// <param name="std">Standard deviation of red, green, blue.</param>
/// <param name="padTo">Height and width become multiples of this.</param>
public sealed class BatchPixels(IReadOnlyList<double> mean, IReadOnlyList<double> std, int padTo)
{
    private readonly float[][] tables =
    [
        .. Enumerable
            .Range(0, 3)
            .Select(channel => Enumerable.Range(0, 256).Select(value => (float)((value - mean[channel]) / std[channel])).ToArray()),
    ];

    /// <summary>Common size of a batch: the largest height and width, rounded up.</summary>
    /// <param name="images">The images.</param>
    /// <returns>Height and width.</returns>
    public (int Height, int Width) PaddedSize(IEnumerable<RgbImage> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        return PaddedSize(images.Select(image => (image.Height, image.Width)));
    }

    /// <summary>The same of images of these sizes.</summary>
    /// <param name="sizes">Height and width of each.</param>
    /// <returns>Height and width.</returns>
    public (int Height, int Width) PaddedSize(IEnumerable<(int Height, int Width)> sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        var (height, width) = (1, 1);
        foreach (var size in sizes)
        {
            (height, width) = (Math.Max(height, size.Height), Math.Max(width, size.Width));
        }

        return (RoundUp(height), RoundUp(width));
    }

    /// <summary>Writes one image; what it does not cover becomes 0.</summary>
    /// <param name="image">The image.</param>
    /// <param name="values"><paramref name="height" /> x <paramref name="width" /> x 3 numbers: red, green and blue of a pixel side by side.</param>
    /// <param name="height">Padded height.</param>
    /// <param name="width">Padded width.</param>
    public void Write(RgbImage image, Span<float> values, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(image);
        var (red, green, blue) = (tables[0], tables[1], tables[2]);
        for (var y = 0; y < image.Height; y++)
        {
            var line = values.Slice(y * width * 3, width * 3);
            var source = image.Pixels.AsSpan(y * image.Width * 3, image.Width * 3);
            for (var x = 0; x < source.Length; x += 3)
            {
                line[x] = red[source[x]];
                line[x + 1] = green[source[x + 1]];
                line[x + 2] = blue[source[x + 2]];
            }

            line[source.Length..].Clear();
        }

        values[(image.Height * width * 3)..(height * width * 3)].Clear();
    }

    /// <summary>Turns what <see cref="Write" /> has written back into an image, padding and all.</summary>
    /// <param name="values"><paramref name="height" /> x <paramref name="width" /> x 3 numbers: red, green and blue of a pixel side by side.</param>
    /// <param name="height">Padded height.</param>
    /// <param name="width">Padded width.</param>
    /// <returns>The image; padding has the colour of the mean.</returns>
    public RgbImage Read(ReadOnlySpan<float> values, int height, int width)
    {
        var pixels = new byte[height * width * 3];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)Math.Clamp(Math.Round((values[i] * std[i % 3]) + mean[i % 3]), 0, 255);
        }

        return new RgbImage(height, width, pixels);
    }

    private int RoundUp(int size) => (size + padTo - 1) / padTo * padTo;
}
