using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Rendering;
using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.Native;

namespace DetectorDsl.EndToEnd.Tests.Support;

/// <summary>The small rendered data set, drawn once, and a checkpoint of a few steps on it.</summary>
public sealed class SmallData : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Lazy<string> checkpoint;

    public SmallData()
    {
        TorchLibrary.EnsureLoaded();
        RenderedDataSet.Write(Folder, Data.Rendering.RenderedStep.Small);
        Training = Open(Folder, forTraining: true);
        checkpoint = new(() =>
            TrainerRun.Train(new CrossEntropyMaskRcnnTrainer(), Training, folder.File("checkpoint"), steps: 4).Checkpoint
        );
    }

    public string Folder => folder.File("data");

    public DetectionDataset Training { get; }

    /// <summary>Weights of <see cref="CrossEntropyMaskRcnn" />.</summary>
    public string Checkpoint => checkpoint.Value;

    public string[] ValidationImages => [.. Directory.EnumerateFiles(Path.Combine(Folder, "val")).Order(StringComparer.Ordinal)];

    public static DetectionDataset Open(string folder, bool forTraining)
    {
        var split = forTraining ? Data.Datasets.DataFolder.Training(folder) : Data.Datasets.DataFolder.Validation(folder);
        return DetectionDataset.Open(
            split.AnnotationFile,
            split.ImageFolder,
            [.. SmallShapes.All.Select(category => (category.Id, category.Name))],
            forTraining
        );
    }

    /// <summary>A data folder with the first images of the training set as both splits, its annotations changed.</summary>
    public void Copy(string target, int images, Func<AnnotationSet, AnnotationSet> change)
    {
        var all = AnnotationReader.Read(Path.Combine(Folder, "train.json"));
        var kept = all.Images.Take(images).Select(image => image.Id).ToHashSet();
        var set = change(
            all with
            {
                Images = [.. all.Images.Take(images)],
                Annotations = [.. all.Annotations.Where(annotation => kept.Contains(annotation.ImageId))],
            }
        );
        foreach (var split in new[] { "train", "val" })
        {
            Directory.CreateDirectory(Path.Combine(target, split));
            foreach (var image in set.Images)
            {
                File.Copy(Path.Combine(Folder, "train", image.FileName), Path.Combine(target, split, image.FileName));
            }

            using var stream = File.Create(Path.Combine(target, $"{split}.json"));
            AnnotationWriter.Write(stream, set);
        }
    }

    public void Dispose() => folder.Dispose();
}
