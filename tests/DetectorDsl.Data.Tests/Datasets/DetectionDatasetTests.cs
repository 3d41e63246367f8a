using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Images;
using DetectorDsl.Data.Tests.Images;

namespace DetectorDsl.Data.Tests.Datasets;

public sealed class DetectionDatasetTests : IDisposable
{
    private readonly TestData data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public void LabelsFollowTheDeclaredOrderNotTheFiles()
    {
        data.Image(5, "a.jpg").Object(1, 5, 7, [1, 2, 3, 4]).Object(2, 5, 0, [5, 6, 7, 8]).Object(3, 5, 3, [9, 10, 11, 12]);
        var opened = data.Open(categories: [(7, "window"), (0, "facade"), (3, "facade")]);
        Assert.Equal([7, 0, 3], opened.CategoryIds.ToArray());
        var sample = opened.Read(0);
        Assert.Equal([0, 1, 2], sample.Objects.Select(item => item.Label));
        Assert.Equal(
            (5L, 48, 64, 48, 64),
            (sample.ImageId, sample.Image.Height, sample.Image.Width, sample.OriginalHeight, sample.OriginalWidth)
        );
        Assert.Equal(new Box(5, 6, 7, 8), sample.Objects[1].Box);
        Assert.Equal([9, 10, 20, 10, 9, 22], Assert.IsType<PolygonSegmentation>(sample.Objects[2].Segmentation).Rings[0].ToArray());
        Assert.Equal(data.ImagePath("a.jpg"), opened.PathOf(0));
    }

    [Fact]
    public void BoxesAreClippedToTheImage()
    {
        data.Image(1, "a.jpg").Object(1, 1, 0, [-5, -6, 20, 30]).Object(2, 1, 0, [60, 40, 20, 30]);
        Assert.Equal([new Box(0, 0, 15, 24), new Box(60, 40, 4, 8)], data.Open().Read(0).Objects.Select(item => item.Box));
    }

    [Fact]
    public void CrowdsAreRegionsNotObjects()
    {
        data.Image(1, "a.jpg").Object(1, 1, 0, [1, 2, 3, 4]).Object(2, 1, 7, [5, 6, 7, 8], crowd: true);
        var sample = data.Open().Read(0);
        Assert.Equal(0, Assert.Single(sample.Objects).Label);
        Assert.Equal([new Box(5, 6, 7, 8)], sample.Crowds);
    }

    [Fact]
    public void TheClassIndexHoldsEachClassOnce()
    {
        data.Image(1, "a.jpg")
            .Object(1, 1, 7, [1, 2, 3, 4])
            .Object(2, 1, 7, [5, 6, 7, 8])
            .Object(3, 1, 0, [5, 6, 7, 8])
            .Object(4, 1, 3, [5, 6, 7, 8], crowd: true);
        var index = data.Image(2, "b.jpg").Object(5, 2, 7, [1, 2, 3, 4]).Open().ClassIndex();
        Assert.Equal([2, 0], index.Labels[0].ToArray());
        Assert.Equal([2], index.Labels[1].ToArray());
        Assert.Equal([1, 0, 2], index.ImageCounts());
    }

    [Fact]
    public void FrequenciesCountImagesAndObjects_CrowdsAreNone()
    {
        data.Image(1, "a.jpg")
            .Object(1, 1, 7, [1, 2, 3, 4])
            .Object(2, 1, 7, [5, 6, 7, 8])
            .Object(3, 1, 0, [5, 6, 7, 8])
            .Object(4, 1, 3, [5, 6, 7, 8], crowd: true);
        var frequencies = data.Image(2, "b.jpg").Object(5, 2, 7, [1, 2, 3, 4]).Open().ClassFrequencies();
        Assert.Equal(2, frequencies.Images);
        Assert.Equal([1, 0, 2], frequencies.ImageCounts.ToArray());
        Assert.Equal([1, 0, 3], frequencies.InstanceCounts.ToArray());
    }

    [Fact]
    public void TrainingLeavesOutWhatTeachesNothing_EvaluationKeepsIt()
    {
        data.Image(1, "a.jpg").Object(1, 1, 0, [1, 2, 3, 4]).Object(2, 1, 0, [63.5, 2, 3, 4]);
        data.Image(2, "empty.jpg");
        data.Image(3, "crowd.jpg").Object(3, 3, 0, [1, 2, 3, 4], crowd: true);
        data.Image(4, "small.jpg", width: 31, height: 90).Object(4, 4, 0, [1, 2, 3, 4]);
        var training = data.Open(forTraining: true);
        Assert.Equal([1L], training.Images.Select(image => image.Id));
        Assert.Single(training.Read(0).Objects);
        Assert.Equal(
            (1, 1, 1, 1, 1),
            (
                training.Summary.Images,
                training.Summary.Instances,
                training.Summary.EmptyImages,
                training.Summary.CrowdImages,
                training.Summary.SmallImages
            )
        );
        Assert.Contains(training.Summary.Problems, problem =>
            problem.ToString() == $"{data.File}: annotation 2: its box of 0.5 x 4 pixels within the image is thinner than one; left out."
        );

        var evaluation = data.Open(forTraining: false);
        Assert.Equal([1L, 2, 3, 4], evaluation.Images.Select(image => image.Id));
        Assert.Equal(2, evaluation.Read(0).Objects.Count);
        Assert.Empty(evaluation.Read(1).Objects);
        Assert.Empty(evaluation.Summary.Problems);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ImagesThatCannotBeRead_AreLeftOutAndTheRestIsUsed(bool forTraining)
    {
        data.Image(1, "good.jpg").Object(1, 1, 0, [1, 2, 3, 4]);
        data.Image(2, "gone.jpg", missing: true).Object(2, 2, 0, [1, 2, 3, 4]).Object(3, 2, 7, [1, 2, 3, 4]);
        data.Image(3, "text.jpg", content: "no image"u8.ToArray()).Object(4, 3, 0, [1, 2, 3, 4]);
        data.Image(4, "cut.jpg", content: TestImages.Jpeg(64, 48)[..^20]).Object(5, 4, 0, [1, 2, 3, 4]);
        data.Image(5, "size.jpg", content: TestImages.Jpeg(60, 48)).Object(6, 5, 0, [1, 2, 3, 4]);
        data.Image(6, "turned.jpg", content: TestImages.WithOrientation(TestImages.Jpeg(64, 48), 6)).Object(7, 6, 0, [1, 2, 3, 4]);
        var summary = data.Open(forTraining).Summary;
        Assert.Equal((1, 1, 1, 4), (summary.Images, summary.Instances, summary.MissingImages, summary.UnreadableImages));
        var lines = summary.Lines().ToList();
        Assert.Equal($"{data.File}: 1 images with 1 objects of 1 of 3 classes.", lines[0]);
        Assert.Equal("Images left out: 1 without a file, 4 unreadable, 0 without objects, 0 too small.", lines[1]);
        Assert.Equal($"{data.File}: image 2: {data.ImagePath("gone.jpg")} does not exist; left out with its 2 objects.", lines[2]);
        Assert.Contains(
            $"image 3: {data.ImagePath("text.jpg")}: no image in a format that can be read",
            lines[3],
            StringComparison.Ordinal
        );
        Assert.Contains($"image 4: {data.ImagePath("cut.jpg")}:", lines[4], StringComparison.Ordinal);
        Assert.Contains(
            $"image 5: {data.ImagePath("size.jpg")} is 60 x 48 pixels, the annotations say 64 x 48; left out",
            lines[5],
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is 48 x 64 pixels once its EXIF mark has turned it, the annotations say 64 x 48",
            lines[6],
            StringComparison.Ordinal
        );
        Assert.Equal(7, lines.Count);
    }

    [Fact]
    public void AnImageThatIsDamagedLater_IsNamedWithItsIdWhenRead()
    {
        var opened = data.Image(12, "a.jpg").Object(1, 12, 0, [1, 2, 3, 4]).Open();
        File.Delete(data.ImagePath("a.jpg"));
        Assert.Equal(
            $"image 12: {data.ImagePath("a.jpg")}: no such image file.",
            Assert.Throws<ImageException>(() => opened.Read(0)).Message
        );
        File.WriteAllBytes(data.ImagePath("a.jpg"), TestImages.Jpeg(10, 48));
        Assert.Equal(
            $"image 12: {data.ImagePath("a.jpg")} is 10 x 48 pixels, the annotations say 64 x 48; mend the annotations.",
            Assert.Throws<ImageException>(() => opened.Read(0)).Message
        );
    }

    [Fact]
    public void UnknownCategoriesAndImagesOfAnnotations_AreReported()
    {
        data.Image(1, "a.jpg").Object(1, 1, 0, [1, 2, 3, 4]).Object(2, 1, 99, [1, 2, 3, 4]).Object(3, 55, 0, [1, 2, 3, 4]);
        var summary = data.Open().Summary;
        Assert.Equal(1, summary.Instances);
        Assert.Equal(
            [
                $"{data.File}: annotation 2: category 99 is not in the file; left out.",
                $"{data.File}: annotation 3: image 55 is not in the file; left out.",
            ],
            summary.Problems.Select(problem => problem.ToString())
        );
    }

    [Fact]
    public void NothingUsable_IsRefusedWithTheReasons()
    {
        data.Image(1, "gone.jpg", missing: true).Object(1, 1, 0, [1, 2, 3, 4]).Image(2, "empty.jpg");
        var message = Assert.Throws<DatasetException>(() => data.Open()).Message;
        Assert.StartsWith(
            $"{data.File}: no usable image is left of 2: Images left out: 1 without a file, 0 unreadable, 1 without objects",
            message,
            StringComparison.Ordinal
        );
        Assert.Contains("gone.jpg does not exist", message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingImageFolder_IsNamed()
    {
        data.Image(1, "a.jpg").Open(forTraining: false);
        var message = Assert
            .Throws<DatasetException>(() => DetectionDataset.Open(data.File, "/no/such/folder", TestData.Categories, true))
            .Message;
        Assert.Contains("/no/such/folder", message, StringComparison.Ordinal);
        Assert.Contains(data.File, message, StringComparison.Ordinal);
    }

    [Fact]
    public void ManyProblems_AreCutShortInTheSummary()
    {
        data.Image(0, "a.jpg").Object(0, 0, 0, [1, 2, 3, 4]);
        for (var id = 1; id <= 14; id++)
        {
            data.Image(id, $"{id}.jpg", missing: true);
        }

        var lines = data.Open().Summary.Lines(most: 3).ToList();
        Assert.Equal("... and 11 more entries.", lines[^1]);
        Assert.Equal(2 + 3 + 1, lines.Count);
    }
}
