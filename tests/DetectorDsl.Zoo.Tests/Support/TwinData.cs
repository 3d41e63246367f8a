using System.Collections.Immutable;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Rendering;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Native;

namespace DetectorDsl.Zoo.Tests.Support;

/// <summary>Two rendered images, whose 60 classes are made the twins' 20.</summary>
public sealed class TwinData : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public TwinData()
    {
        TorchLibrary.EnsureLoaded();
        RenderedDataSet.Write(folder.File("data"), Data.Rendering.RenderedStep.Small);
        ImmutableArray<Category> categories = [.. global::Zoo.Coco.All.Select(category => new Category(category.Id, category.Name))];
        WriteAnnotations(folder.File("twins.json"), categories, images: 2);
        Training = DetectionDataset.Open(
            folder.File("twins.json"),
            folder.File("data/train"),
            [.. categories.Select(category => (category.Id, category.Name))],
            forTraining: true
        );
    }

    /// <summary>One batch: every step sees the same images.</summary>
    public DetectionDataset Training { get; }

    /// <summary>A data folder with one image as both splits, under the categories of any detector.</summary>
    public void WriteFolder(string target, ImmutableArray<Category> categories)
    {
        foreach (var split in new[] { "train", "val" })
        {
            Directory.CreateDirectory(Path.Combine(target, split));
            var set = WriteAnnotations(Path.Combine(target, $"{split}.json"), categories, images: 1);
            File.Copy(folder.File($"data/train/{set.Images[0].FileName}"), Path.Combine(target, split, set.Images[0].FileName));
        }
    }

    public void Dispose() => folder.Dispose();

    private AnnotationSet WriteAnnotations(string file, ImmutableArray<Category> categories, int images)
    {
        var all = AnnotationReader.Read(folder.File("data/train.json"));
        var chosen = all.OnlyImages(all.Images.Take(images).Select(image => image.Id).ToHashSet());
        var set = chosen with
        {
            Categories = categories,
            Annotations =
            [
                .. chosen.Annotations.Select(annotation =>
                    annotation with
                    {
                        CategoryId = categories[annotation.CategoryId % Math.Min(20, categories.Length)].Id,
                    }
                ),
            ],
        };
        using var stream = File.Create(file);
        AnnotationWriter.Write(stream, set);
        return set;
    }
}
