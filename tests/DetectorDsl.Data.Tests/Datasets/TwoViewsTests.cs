using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;

namespace DetectorDsl.Data.Tests.Datasets;

/// <summary>Training sees annotations as they are mended, evaluation as they are stated.</summary>
public sealed class TwoViewsTests : IDisposable
{
    private readonly TestData data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public void BoxesThatNobodyFinds_AreTheEvaluationsAlone()
    {
        data.Image(1, "a.jpg")
            .Object(1, 1, 0, [1, 2, 3, 4])
            .Object(2, 1, 0, [5, 5, 0, 4])
            .Object(3, 1, 3, [70, 5, 9, 4])
            .Object(4, 1, 7, [9, 5, -3, 4]);
        foreach (var set in new[] { data.Open(forTraining: true), data.Open(forTraining: false) })
        {
            Assert.Equal([1L, 2, 3, 4], set.Annotations.Annotations.Select(annotation => annotation.Id));
            Assert.Single(set.ObjectsOf(0));
            Assert.Equal(3, set.Summary.ProblemCount);
        }
    }

    [Fact]
    public void ObjectsToBeIgnored_AreRegionsAsCrowdsAre()
    {
        data.Image(1, "a.jpg")
            .Object(1, 1, 0, [1, 2, 3, 4])
            .Object(2, 1, 0, [10, 10, 9, 9], ignore: true)
            .Object(3, 1, 3, [20, 20, 9, 9], crowd: true);
        data.Image(2, "b.jpg").Object(4, 2, 0, [10, 10, 9, 9], ignore: true);
        var training = data.Open();
        Assert.Equal((1, 1, 1), (training.Summary.Images, training.Summary.Instances, training.Summary.CrowdImages));
        Assert.Equal([new Box(10, 10, 9, 9), new Box(20, 20, 9, 9)], training.Read(0).Crowds);
        Assert.Equal([1, 0, 0], training.ClassFrequencies().InstanceCounts.ToArray());
        Assert.Equal((1, 3), (AnnotationStatistics.Of(training.Annotations).Objects, AnnotationStatistics.Of(training.Annotations).Crowds));
    }

    [Fact]
    public void ASetOfCrowdsAlone_IsRefusedInTheseWords_AndCheckTells()
    {
        data.Image(1, "a.jpg").Object(1, 1, 0, [1, 2, 3, 4], crowd: true).Object(2, 1, 7, [1, 2, 9, 4], crowd: true);
        Assert.Contains(
            "0 without objects, 1 with crowds alone (iscrowd or ignore 1)",
            Assert.Throws<DatasetException>(() => data.Open()).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(Check(), problem =>
            problem is { Entry: "all 2 annotations" } && problem.Done.Contains("set iscrowd to 0", StringComparison.Ordinal)
        );

        data.Object(3, 1, 0, [20, 20, 9, 9]);
        data.Open();
        Assert.Contains(Check(), problem =>
            problem is { Entry: "category 7 (window)", What: "all 1 objects of it are crowds or to be ignored" }
        );
        Assert.DoesNotContain(Check(), problem => problem.Entry is "all 2 annotations" or "category 0 (facade)");
    }

    [Fact]
    public void ImagesWithoutObjects_AndObjectsToBeIgnored_AreRemarked()
    {
        data.Image(1, "a.jpg")
            .Object(1, 1, 0, [1, 2, 3, 4], ignore: true)
            .Object(2, 1, 0, [10, 2, 3, 4])
            .Image(2, "b.jpg")
            .Image(3, "c.jpg");
        var remarks = DatasetCheck.Remarks(data.Open(forTraining: false).Annotations).ToList();
        Assert.StartsWith("2 of 3 images have no objects, image 2 (b.jpg) is the first", remarks[0], StringComparison.Ordinal);
        Assert.StartsWith("1 objects are marked to be ignored", remarks[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("images\\a.jpg", "a.jpg")]
    [InlineData("C:\\Users\\me\\set\\a.jpg", "a.jpg")]
    [InlineData("..\\media\\upload\\4\\a.jpg", "a.jpg")]
    [InlineData("/data/upload/my%20photo.jpg", "my photo.jpg")]
    [InlineData("K\u00e4fer.jpg", "Ka\u0308fer.jpg")]
    [InlineData("Ka\u0308fer.jpg", "K\u00e4fer.jpg")]
    [InlineData("A.JPG", "a.jpg")]
    [InlineData("part\\a.jpg", "part/a.jpg")]
    public void AFileOfAnotherName_IsFound_ItsSizeTaken_AndBothRemarked(string name, string file)
    {
        data.ForeignImage(1, name, file).Object(1, 1, 0, [60, 2, 9, 4]).Object(2, 1, 0, [64, 2, 9, 4]);
        var training = data.Open();
        Assert.Equal((64, 48), (training.Images[0].Width, training.Images[0].Height));
        Assert.Equal(training.Images.AsEnumerable(), training.Annotations.Images);
        Assert.Equal(data.ImagePath(file), training.PathOf(0));
        Assert.Equal(new Box(60, 2, 4, 4), training.ObjectsOf(0).Single().Box);
        Assert.Equal(
            [
                ("images (1)", $"they state no width and height, '{name}' is the first"),
                ("annotation 2", "its box [64, 2, 9, 4] lies outside image 1 of 64 x 48"),
                ("images (1)", $"their files have other names than the annotations say, '{name}' is {data.ImagePath(file)}"),
            ],
            training.Summary.Problems.Select(problem => (problem.Entry, problem.What))
        );
    }

    [Theory]
    [InlineData("other/a.jpg", "part/a.jpg", "")]
    [InlineData("a.jpg", "part/a.jpg", "")]
    [InlineData("a.png", "a.jpg", "a.jpg differs in the ending alone")]
    [InlineData("a", "a.jpg", "a.jpg differs in the ending alone")]
    public void AnotherFile_IsNotTakenForIt(string name, string file, string hint)
    {
        data.ForeignImage(1, name, file).Object(1, 1, 0, [1, 2, 3, 4]).Image(2, "good.jpg").Object(2, 2, 0, [1, 2, 3, 4]);
        var summary = data.Open().Summary;
        Assert.Equal((1, 1), (summary.Images, summary.MissingImages));
        Assert.Contains(hint, summary.Problems[^1].What, StringComparison.Ordinal);
    }

    [Fact]
    public void OfTwoFilesThatAnswer_NoneIsTaken()
    {
        data.ForeignImage(1, "A.jpg", "a.jpg").Object(1, 1, 0, [1, 2, 3, 4]).Image(2, "a.JPG").Object(2, 2, 0, [1, 2, 3, 4]);
        Assert.Equal(1, data.Open().Summary.MissingImages);
    }

    private IEnumerable<AnnotationProblem> Check() =>
        DatasetCheck.Run(AnnotationReader.Read(data.File), new DataSplit(data.File, data.ImageFolder)).Kept;
}
