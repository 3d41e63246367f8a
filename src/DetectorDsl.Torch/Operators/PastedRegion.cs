using DetectorDsl.Annotations;

namespace DetectorDsl.Torch.Operators;

/// <summary>Mask probabilities over the part of an image that a detection's box covers.</summary>
/// <param name="X">First column in the image.</param>
/// <param name="Y">First row in the image.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Values">Height x Width probabilities, row by row.</param>
public sealed record PastedRegion(int X, int Y, int Width, int Height, float[] Values)
{
    /// <summary>The pixels at or above a probability, as a mask of the whole image.</summary>
    /// <param name="threshold">The probability.</param>
    /// <param name="imageHeight">Height of the image.</param>
    /// <param name="imageWidth">Width of the image.</param>
    /// <returns>The mask.</returns>
    public RleMask ToMask(double threshold, int imageHeight, int imageWidth)
    {
        var pixels = new byte[Values.Length];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = Values[i] >= (float)threshold ? (byte)1 : (byte)0;
        }

        return RleMask.FromRegion(pixels, X, Y, Width, Height, imageHeight, imageWidth);
    }
}
