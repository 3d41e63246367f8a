using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.EndToEnd.Tests.Declarations;
using SkiaSharp;

namespace DetectorDsl.EndToEnd.Tests.Support;

/// <summary>The data of the kept checkpoint: annotations from the fixtures, images painted from them.</summary>
internal static class KeptData
{
    public static string Checkpoint => Fixture("last.safetensors");

    /// <summary>Writes <c>train.json</c> and <c>val.json</c>, which are the same, with their images.</summary>
    public static void Write(string folder)
    {
        var set = AnnotationReader.Read(Fixture("train.json"));
        foreach (var split in new[] { "train", "val" })
        {
            File.Copy(Fixture("train.json"), Path.Combine(Directory.CreateDirectory(folder).FullName, $"{split}.json"));
            var images = Directory.CreateDirectory(Path.Combine(folder, split)).FullName;
            foreach (var image in set.Images)
            {
                Paint(Path.Combine(images, image.FileName), image, set.Annotations.Where(item => item.ImageId == image.Id));
            }
        }
    }

    public static DetectionDataset Open(string folder) =>
        DetectionDataset.Open(
            Path.Combine(folder, "train.json"),
            Path.Combine(folder, "train"),
            [.. KeptShapes.All.Select(category => (category.Id, category.Name))],
            forTraining: true
        );

    private static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", "Kept", name);

    private static void Paint(string file, AnnotatedImage image, IEnumerable<InstanceAnnotation> objects)
    {
        using var bitmap = new SKBitmap(image.Width, image.Height);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.Gray);
            foreach (var item in objects)
            {
                using var paint = new SKPaint
                {
                    Color = item.CategoryId switch
                    {
                        2 => SKColors.DarkRed,
                        5 => SKColors.DarkGreen,
                        _ => SKColors.DarkBlue,
                    },
                };
                canvas.DrawRect((float)item.Box.X, (float)item.Box.Y, (float)item.Box.Width, (float)item.Box.Height, paint);
            }
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        using var stream = File.Create(file);
        data.SaveTo(stream);
    }
}
