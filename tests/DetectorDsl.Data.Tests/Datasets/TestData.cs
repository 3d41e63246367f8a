using System.Text.Json;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Tests.Images;

namespace DetectorDsl.Data.Tests.Datasets;

/// <summary>A small data set in COCO's form, built entry by entry; two categories of one name, as real data has it.</summary>
public sealed class TestData : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly List<object> images = [];
    private readonly List<object> annotations = [];

    public static IReadOnlyList<(int Id, string Name)> Categories { get; } = [(0, "facade"), (3, "facade"), (7, "window")];

    public string File => folder["data.json"];

    public string ImageFolder => folder["images"];

    public string ImagePath(string name) => Path.Combine(ImageFolder, name);

    /// <summary>Names an image of the given size; its file has the bytes given, or is a grey JPEG of that size, or is missing.</summary>
    public TestData Image(int id, string name, int width = 64, int height = 48, byte[]? content = null, bool missing = false)
    {
        Directory.CreateDirectory(ImageFolder);
        images.Add(
            new
            {
                id,
                file_name = name,
                width,
                height,
            }
        );
        if (!missing)
        {
            System.IO.File.WriteAllBytes(ImagePath(name), content ?? TestImages.Jpeg(width, height));
        }

        return this;
    }

    /// <summary>Names an image by a name other than its file's, without a size.</summary>
    public TestData ForeignImage(int id, string name, string file)
    {
        images.Add(new { id, file_name = name });
        Directory.CreateDirectory(Path.GetDirectoryName(ImagePath(file))!);
        System.IO.File.WriteAllBytes(ImagePath(file), TestImages.Jpeg(64, 48));
        return this;
    }

    public TestData Object(int id, int image, int category, double[] box, bool crowd = false, bool ignore = false)
    {
        annotations.Add(
            new
            {
                id,
                image_id = image,
                category_id = category,
                bbox = box,
                area = box[2] * box[3],
                iscrowd = crowd ? 1 : 0,
                ignore = ignore ? 1 : 0,
                segmentation = new[] { new[] { box[0], box[1], box[0] + box[2], box[1], box[0], box[1] + box[3] } },
            }
        );
        return this;
    }

    public DetectionDataset Open(bool forTraining = true, IReadOnlyList<(int Id, string Name)>? categories = null)
    {
        System.IO.File.WriteAllText(
            File,
            JsonSerializer.Serialize(
                new
                {
                    images,
                    annotations,
                    categories = Categories.Select(category => new { id = category.Id, name = category.Name }),
                }
            )
        );
        return DetectionDataset.Open(File, ImageFolder, categories ?? Categories, forTraining);
    }

    public void Dispose() => folder.Dispose();
}
