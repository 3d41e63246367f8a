using System.Collections.Immutable;
using DetectorDsl.Annotations;
using SkiaSharp;

namespace DetectorDsl.Runtime.Tests.Hosting;

/// <summary>A data set of a few painted images: red and blue rectangles on grey, each an object with box and polygon.</summary>
public static class TinyData
{
    public static readonly ImmutableArray<Category> Categories =
    [
        new(3, "red")
        {
            Frequency = CategoryFrequency.Frequent,
            ImageCount = 400,
            InstanceCount = 900,
        },
        new(7, "blue, dark")
        {
            Frequency = CategoryFrequency.Rare,
            ImageCount = 4,
            InstanceCount = 5,
        },
    ];

    /// <summary>Writes <c>train.json</c>, <c>train/</c>, <c>val.json</c>, <c>val/</c>.</summary>
    public static void Write(string folder)
    {
        WriteSplit(folder, "train", 3);
        WriteSplit(folder, "val", 4);
    }

    public static AnnotationSet WriteSplit(string folder, string split, int images)
    {
        Directory.CreateDirectory(Path.Combine(folder, split));
        var set = Annotate(images);
        foreach (var image in set.Images)
        {
            Paint(Path.Combine(folder, split, image.FileName), image, set.Annotations.Where(annotation => annotation.ImageId == image.Id));
        }

        Save(Path.Combine(folder, $"{split}.json"), set);
        return set;
    }

    public static void Save(string file, AnnotationSet set)
    {
        using var stream = File.Create(file);
        AnnotationWriter.Write(stream, set);
    }

    // The second half of the images is upright, so that not all of them fit into one batch.
    private static AnnotationSet Annotate(int count)
    {
        var images = ImmutableArray.CreateBuilder<AnnotatedImage>();
        var annotations = ImmutableArray.CreateBuilder<InstanceAnnotation>();
        for (var i = 0; i < count; i++)
        {
            var (width, height) = i < (count + 1) / 2 ? (80, 60) : (60, 80);
            images.Add(new AnnotatedImage(100 + i, $"image{i}.png", width, height) { StatesNegatives = true });
            annotations.Add(Rectangle(annotations.Count + 1, 100 + i, 3, 4 + i, 6, 30, 22));
            annotations.Add(Rectangle(annotations.Count + 1, 100 + i, 7, 30, 34 + i, 26, 18));
        }

        return new AnnotationSet(images.ToImmutable(), annotations.ToImmutable(), Categories, []);
    }

    public static InstanceAnnotation Rectangle(long id, long image, int category, double x, double y, double width, double height) =>
        new(
            id,
            image,
            category,
            new Box(x, y, width, height),
            width * height,
            new PolygonSegmentation([
                [x, y, x + width, y, x + width, y + height, x, y + height],
            ]),
            false
        );

    private static void Paint(string file, AnnotatedImage image, IEnumerable<InstanceAnnotation> objects)
    {
        using var bitmap = new SKBitmap(image.Width, image.Height);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.Gray);
            foreach (var item in objects)
            {
                using var paint = new SKPaint { Color = item.CategoryId == 3 ? SKColors.DarkRed : SKColors.DarkBlue };
                canvas.DrawRect((float)item.Box.X, (float)item.Box.Y, (float)item.Box.Width, (float)item.Box.Height, paint);
            }
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        using var stream = File.Create(file);
        data.SaveTo(stream);
    }
}
