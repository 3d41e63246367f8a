using System.Collections.Immutable;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using SkiaSharp;

namespace Benchmarks.Step;

/// <summary>Two images of 320 x 320 with 32 objects each, in a folder of their own.</summary>
internal static class StepImages
{
    private const int Side = 320;
    private const int PerRow = 8;
    private const int Rows = 4;
    private const int ObjectSide = 32;

    /// <summary>Writes the images and opens them for training.</summary>
    /// <param name="folder">Receives images and annotations.</param>
    public static DetectionDataset Write(string folder)
    {
        ImmutableArray<AnnotatedImage> images = [new(1, "1.png", Side, Side), new(2, "2.png", Side, Side)];
        foreach (var image in images)
        {
            Draw(Path.Combine(folder, image.FileName), (int)image.Id);
        }

        var file = Path.Combine(folder, "instances.json");
        ImmutableArray<Category> categories = [.. StepClasses.All.Select(category => new Category(category.Id, category.Name))];
        using (var stream = File.Create(file))
        {
            AnnotationWriter.Write(
                stream,
                new AnnotationSet(images, [.. images.SelectMany(image => ObjectsOf(image, categories))], categories, [])
            );
        }

        return DetectionDataset.Open(file, folder, [.. categories.Select(category => (category.Id, category.Name))], forTraining: true);
    }

    private static IEnumerable<InstanceAnnotation> ObjectsOf(AnnotatedImage image, ImmutableArray<Category> categories)
    {
        for (var i = 0; i < PerRow * Rows; i++)
        {
            var box = new Box(4 + (i % PerRow * (Side / PerRow)), 4 + (i / PerRow * (Side / Rows)), ObjectSide, ObjectSide + (i % 3 * 12));
            ImmutableArray<double> corners =
            [
                box.X,
                box.Y,
                box.X + box.Width,
                box.Y,
                box.X + box.Width,
                box.Y + box.Height,
                box.X,
                box.Y + box.Height,
            ];
            var category = categories[((i * 7) + (int)image.Id) % categories.Length].Id;
            yield return new InstanceAnnotation(
                (image.Id * 100) + i,
                image.Id,
                category,
                box,
                box.Width * box.Height,
                new PolygonSegmentation([corners]),
                IsCrowd: false
            );
        }
    }

    private static void Draw(string file, int seed)
    {
        using var bitmap = new SKBitmap(Side, Side);
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                bitmap.SetPixel(x, y, new SKColor((byte)((x * seed) + y), (byte)(x ^ y), (byte)(y * 3)));
            }
        }

        using var stream = File.Create(file);
        bitmap.Encode(stream, SKEncodedImageFormat.Png, quality: 100);
    }
}
