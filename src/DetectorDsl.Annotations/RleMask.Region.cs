namespace DetectorDsl.Annotations;

/// <content>Masks that cover a small part of an image.</content>
public sealed partial class RleMask
{
    /// <summary>A mask from the pixels of a part of the image; the rest is 0.</summary>
    /// <param name="pixels">height x width of the part, row by row; anything but 0 counts as 1.</param>
    /// <param name="x">First column of the part.</param>
    /// <param name="y">First row of the part.</param>
    /// <param name="width">Columns of the part.</param>
    /// <param name="height">Rows of the part.</param>
    /// <param name="imageHeight">Rows of the mask.</param>
    /// <param name="imageWidth">Columns of the mask.</param>
    /// <returns>The mask.</returns>
    public static RleMask FromRegion(ReadOnlySpan<byte> pixels, int x, int y, int width, int height, int imageHeight, int imageWidth)
    {
        var runs = new List<uint>();
        var zeros = (uint)(x * imageHeight);
        var ones = 0u;
        for (var column = 0; column < width; column++)
        {
            AddZeros(y);
            for (var row = 0; row < height; row++)
            {
                if (pixels[(row * width) + column] != 0)
                {
                    if (ones == 0)
                    {
                        runs.Add(zeros);
                        zeros = 0;
                    }

                    ones++;
                }
                else
                {
                    AddZeros(1);
                }
            }

            AddZeros(imageHeight - y - height);
        }

        AddZeros((imageWidth - x - width) * imageHeight);
        runs.Add(ones > 0 ? ones : zeros);
        return new RleMask(imageHeight, imageWidth, [.. runs]);

        void AddZeros(int count)
        {
            if (count > 0 && ones > 0)
            {
                runs.Add(ones);
                ones = 0;
            }

            zeros += (uint)count;
        }
    }
}
