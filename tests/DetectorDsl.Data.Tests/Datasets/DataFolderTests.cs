using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Rendering;

namespace DetectorDsl.Data.Tests.Datasets;

public sealed class DataFolderTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("train.json", "train", "val.json", "val")]
    [InlineData("train/_annotations.coco.json", "train", "val/_annotations.coco.json", "val")]
    [InlineData("train/_annotations.coco.json", "train", "valid/_annotations.coco.json", "valid")]
    [InlineData("annotations/instances_train2017.json", "train2017", "annotations/instances_val2017.json", "val2017")]
    [InlineData("annotations/lvis_v1_train.json", "", "annotations/lvis_v1_val.json", "")]
    [InlineData("instances.json", "images", "instances.json", "images")]
    public void UsualLayoutsAreFound(string train, string trainImages, string validation, string validationImages)
    {
        foreach (var file in new[] { train, validation })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[file])!);
            File.WriteAllText(folder[file], "");
        }

        Assert.Equal(new DataSplit(folder[train], ImagesIn(trainImages)), DataFolder.Training(folder.Path));
        Assert.Equal(new DataSplit(folder[validation], ImagesIn(validationImages)), DataFolder.Validation(folder.Path));
        Assert.Null(DataFolder.NaturalValidation(folder.Path));

        string ImagesIn(string name) => name.Length == 0 ? folder.Path : folder[name];
    }

    [Fact]
    public void ARenderedFolderHasAllThree()
    {
        RenderedDataSet.Write(folder.Path, RenderedStep.Small);
        (int, string)[] categories = [.. RenderedCategories.Of(RenderedStep.Small).Select(category => (category.Id, category.Name))];
        DataSplit[] splits =
        [
            DataFolder.Training(folder.Path),
            DataFolder.Validation(folder.Path),
            DataFolder.NaturalValidation(folder.Path)!,
        ];
        Assert.Equal(
            [60, 20, 12],
            splits.Select(split =>
                DetectionDataset.Open(split.AnnotationFile, split.ImageFolder, categories, forTraining: true).Images.Length
            )
        );
    }

    [Fact]
    public void NoKnownLayout_ListsWhatWasLookedFor()
    {
        var message = Assert.Throws<DatasetException>(() => DataFolder.Training(folder.Path)).Message;
        Assert.Contains("train/_annotations.coco.json", message, StringComparison.Ordinal);
        Assert.Contains("--train-annotations", message, StringComparison.Ordinal);
        Assert.Contains(
            "--validation-annotations",
            Assert.Throws<DatasetException>(() => DataFolder.Validation(folder.Path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void NoFolder_IsNamed() =>
        Assert.Equal(
            $"{folder["gone"]}: no such data folder.",
            Assert.Throws<DatasetException>(() => DataFolder.Training(folder["gone"])).Message
        );
}
