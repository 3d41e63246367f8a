using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Rendering;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Runtime.Native;

namespace DetectorDsl.Zoo.Tests.Support;

/// <summary>Two rendered images, whose 60 classes are made the twins' 20.</summary>
public sealed class TwinData : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public TwinData()
    {
        TorchLibrary.EnsureLoaded();
        RenderedDataSet.Write(folder.File("data"), Data.Rendering.RenderedStep.Small);
        var all = AnnotationReader.Read(folder.File("data/train.json"));
        var set = all.OnlyImages(all.Images.Take(Images).Select(image => image.Id).ToHashSet()) with
        {
            Categories = [.. global::Zoo.Coco.All.Select(category => new Category(category.Id, category.Name))],
        };
        set = set with { Annotations = [.. set.Annotations.Select(annotation => annotation with { CategoryId = (annotation.CategoryId % global::Zoo.Coco.Count) + 1 })] };
        using (var stream = File.Create(folder.File("twins.json")))
        {
            AnnotationWriter.Write(stream, set);
        }

        Training = DetectionDataset.Open(folder.File("twins.json"), folder.File("data/train"), [.. global::Zoo.Coco.All.Select(category => (category.Id, category.Name))], forTraining: true);
    }

    /// <summary>One batch: every step sees the same images.</summary>
    public static int Images => 2;

    public DetectionDataset Training { get; }

    public void Dispose() => folder.Dispose();
}
