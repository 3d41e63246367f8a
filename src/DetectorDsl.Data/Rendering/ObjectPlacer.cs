using DetectorDsl.Structures;
using SkiaSharp;

namespace DetectorDsl.Data.Rendering;

/// <summary>Finds a place for an object in front of others without hiding too much of any.</summary>
internal sealed class ObjectPlacer(int size, double baseRadius)
{
    /// <summary>Largest share of an object's pixels that others may hide.</summary>
    public const double LargestOcclusion = 0.4;

    private const double SmallestScale = 0.6;
    private const double LargestScale = 1.6;
    private const int Attempts = 80;
    private const int CrowdedAttempts = 400;

    /// <param name="layers">The objects that stand already.</param>
    /// <param name="silhouette">The new object's outline.</param>
    /// <param name="random">The image's own stream.</param>
    /// <returns>From the outline's square to the image, and the object's pixels.</returns>
    /// <exception cref="InvalidOperationException">The image is too full.</exception>
    public (SKMatrix Placement, ObjectLayer Layer) Place(IReadOnlyList<ObjectLayer> layers, Silhouette silhouette, RandomSource random)
    {
        for (var attempt = 0; attempt < Attempts + CrowdedAttempts; attempt++)
        {
            // Smaller ones if the image is full.
            var largest =
                attempt < Attempts / 2 ? LargestScale
                : attempt < Attempts ? (LargestScale + SmallestScale) / 2
                : SmallestScale;
            var radius = random.Between(SmallestScale, largest) * baseRadius;
            var margin = radius * 0.95;
            var placement = SKMatrix
                .CreateTranslation((float)random.Between(margin, size - margin), (float)random.Between(margin, size - margin))
                .PreConcat(SKMatrix.CreateRotationDegrees((float)random.Between(-18, 18)))
                .PreConcat(SKMatrix.CreateScale((float)radius, (float)radius));
            var layer = new ObjectLayer(Fill(silhouette, placement), size);
            var hidden = layers.Count == 0 ? 0 : layers.Max(other => other.HiddenShareBehind(layer));

            // Most objects stand free; one in four may cover another up to the limit.
            var covers = random.NextDouble() < 0.25 || attempt >= Attempts;
            if (hidden <= (covers ? LargestOcclusion : 0.08))
            {
                return (placement, layer);
            }
        }

        throw new InvalidOperationException(
            $"No place for object {layers.Count + 1} in an image of {size} pixels: the rendered step puts too many objects into its images."
        );
    }

    // Pixels whose centre the outline holds.
    private byte[] Fill(Silhouette silhouette, SKMatrix placement)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(size, size, SKColorType.Alpha8, SKAlphaType.Premul));
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint { Color = SKColors.White };
        using var path = silhouette.Build();
        canvas.Clear(SKColors.Transparent);
        canvas.Concat(in placement);
        canvas.DrawPath(path, paint);
        canvas.Flush();
        var pixels = new byte[size * size];
        var source = bitmap.GetPixelSpan();
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                pixels[(y * size) + x] = (byte)(source[(y * bitmap.RowBytes) + x] >> 7);
            }
        }

        return pixels;
    }
}
