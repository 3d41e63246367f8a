using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Tests.Images;

namespace DetectorDsl.Data.Tests.Datasets;

/// <summary>Images of LVIS lie in COCO's folders, wherever those are.</summary>
public sealed class ImageLocatorTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(".", "val2017/000000000001.jpg", "val2017/000000000001.jpg")]
    [InlineData("train2017", "val2017/000000000001.jpg", "val2017/000000000001.jpg")]
    [InlineData("val2017", "val2017/000000000001.jpg", "val2017/000000000001.jpg")]
    [InlineData(".", "train2017/000000000002.jpg", "images/train2017/000000000002.jpg")]
    [InlineData(".", "COCO_val2014_000000000001.jpg", "val2017/000000000001.jpg")]
    [InlineData("val2017", "COCO_val2014_000000000001.jpg", "val2017/000000000001.jpg")]
    public void AnImage_IsFoundInEitherFolder(string below, string name, string expected)
    {
        foreach (var path in new[] { "val2017/000000000001.jpg", "images/train2017/000000000002.jpg" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
            File.WriteAllText(folder[path], "");
        }

        Assert.Equal(folder[expected], Path.GetFullPath(new ImageLocator(Path.GetFullPath(folder[below])).PathOf(name)));
    }

    [Fact]
    public void OtherNames_AreTakenAsTheyAre()
    {
        Directory.CreateDirectory(folder["images"]);
        File.WriteAllText(folder["images/a.jpg"], "");
        Assert.Equal(folder["a.jpg"], new ImageLocator(folder.Path).PathOf("a.jpg"));
    }

    [Fact]
    public void LvisWithoutImages_IsToldWhereTheyAre()
    {
        File.WriteAllText(
            folder["lvis.json"],
            """{"images": [{"id": 1, "coco_url": "http://images.cocodataset.org/val2017/000000000001.jpg", "width": 64, "height": 48}], "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4]}], "categories": [{"id": 1, "name": "a"}]}"""
        );
        var message = Assert.Throws<DatasetException>(Open).Message;
        Assert.StartsWith(folder["lvis.json"], message, StringComparison.Ordinal);
        Assert.Contains("train2017.zip", message, StringComparison.Ordinal);
        Assert.Contains(folder["val2017/000000000001.jpg"], message, StringComparison.Ordinal);

        Directory.CreateDirectory(folder["val2017"]);
        File.WriteAllBytes(folder["val2017/000000000001.jpg"], TestImages.Jpeg(64, 48));
        Assert.Equal(folder["val2017/000000000001.jpg"], Open().PathOf(0));
    }

    private DetectionDataset Open() => DetectionDataset.Open(folder["lvis.json"], folder.Path, [(1, "a")], forTraining: true);

    [Theory]
    [InlineData(1, new long[] { 0 })]
    [InlineData(3, new long[] { 0, 3, 6 })]
    [InlineData(20, new long[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    public void AFewImages_AreSpreadOverTheFile(int most, long[] expected)
    {
        var set = new AnnotationSet(
            [.. Enumerable.Range(0, 10).Select(id => new AnnotatedImage(id, $"{id}.jpg", 5, 5))],
            [.. Enumerable.Range(0, 10).Select(id => new InstanceAnnotation(id, id, 1, new Box(0, 0, 1, 1), 1, null, false))],
            [],
            []
        );
        Assert.Equal(expected, set.Spread(most).Images.Select(image => image.Id));
        Assert.Equal(expected, set.Spread(most).Annotations.Select(annotation => annotation.Id));
    }
}
