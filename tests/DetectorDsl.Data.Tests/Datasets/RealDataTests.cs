using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;

namespace DetectorDsl.Data.Tests.Datasets;

/// <summary>Real data with its real defects; numbers counted from the JSON by other means.</summary>
public sealed class RealDataTests
{
    [SkippableFact]
    public void DaliCoco_CrowdsAndTwoPointPolygonsAreToldOfAndAllImagesAreUsed()
    {
        var split = DataFolder.Training(RepositoryFolders.Shared("data/dali-coco"));
        var training = Open(split, forTraining: true);

        // 91 annotations, 4 of them crowds; image 0 has nothing but a crowd.
        Assert.Equal(
            (60, 87, 1, 0, 0),
            (
                training.Summary.Images,
                training.Summary.Instances,
                training.Summary.CrowdImages,
                training.Summary.MissingImages,
                training.Summary.UnreadableImages
            )
        );
        Assert.Equal(61, Open(split, forTraining: false).Images.Length);
        Assert.Equal(["annotation 8", "annotation 69", "annotation 79"], training.Summary.Problems.Select(problem => problem.Entry));
        Assert.All(training.Summary.Problems, problem =>
            Assert.Contains("fewer than three points", problem.What, StringComparison.Ordinal)
        );
        Assert.Equal(17, training.CategoryIds.Length);

        // Images 1 to 8: 9 objects of 7 classes.
        var first = Enumerable.Range(0, 60).Where(index => training.Images[index].Id is >= 1 and <= 8).Select(training.Read).ToList();
        Assert.Equal(
            (8, 9, 7),
            (
                first.Count,
                first.Sum(sample => sample.Objects.Count),
                first.SelectMany(sample => sample.Objects).Select(item => item.Label).Distinct().Count()
            )
        );
        Assert.All(first, sample => Assert.Empty(sample.Crowds));
    }

    [SkippableFact]
    public void Facades_TwentyFourMissingImagesAreToldOfAndTwoClassesOfOneNameStayApart()
    {
        var folder = RepositoryFolders.Shared("data/facades");
        var training = Open(DataFolder.Training(folder), forTraining: true);
        Assert.Equal((84, 2737, 24), (training.Summary.Images, training.Summary.Instances, training.Summary.MissingImages));
        Assert.Equal(24, training.Summary.Problems.Length);
        Assert.All(training.Summary.Problems, problem => Assert.Contains("does not exist", problem.What, StringComparison.Ordinal));
        Assert.Equal(["facade", "facade"], training.Summary.Classes.Where(item => item.Name == "facade").Select(item => item.Name));
        Assert.Equal(0, training.Summary.Classes[0].Instances);
        Assert.NotEqual(0, training.Summary.Classes[3].Instances);

        var validation = Open(DataFolder.Validation(folder), forTraining: false);
        Assert.Equal((83, 2842, 0), (validation.Summary.Images, validation.Summary.Instances, validation.Summary.Problems.Length));
        var sample = validation.Read(0);
        Assert.Equal((1024, 1024), (sample.Image.Height, sample.Image.Width));
        Assert.All(sample.Objects, item =>
            Assert.True(
                item.Box is { X: >= 0, Y: >= 0, Width: > 0, Height: > 0 }
                    && item.Box.X + item.Box.Width <= 1024
                    && item.Box.Y + item.Box.Height <= 1024
            )
        );
    }

    [SkippableFact]
    public void ACheck_FindsTheKnownDefects()
    {
        var facades = Check(DataFolder.Training(RepositoryFolders.Shared("data/facades")));
        Assert.Equal(
            ["category 0 (facade): no object is of it", "category 3 (facade): the name is that of category 0 too"],
            facades
                .Where(problem => problem.Entry.StartsWith("category", StringComparison.Ordinal))
                .Select(problem => $"{problem.Entry}: {problem.What}")
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            (26, 24),
            (facades.Count, facades.Count(problem => problem.What.EndsWith("does not exist", StringComparison.Ordinal)))
        );

        // Three outlines of two points, and three areas of nothing.
        var photographs = Check(DataFolder.Training(RepositoryFolders.Shared("data/dali-coco")));
        Assert.Equal(
            (6, 3, 3),
            (
                photographs.Count,
                photographs.Count(problem => problem.What.Contains("fewer than three points", StringComparison.Ordinal)),
                photographs.Count(problem => problem.What == "its area is stated as 0")
            )
        );
    }

    private static IReadOnlyList<AnnotationProblem> Check(DataSplit split) =>
        DatasetCheck.Run(AnnotationReader.Read(split.AnnotationFile), split).Kept;

    private static DetectionDataset Open(DataSplit split, bool forTraining)
    {
        var categories = AnnotationReader.Read(split.AnnotationFile).Categories.Select(category => (category.Id, category.Name)).ToList();
        return DetectionDataset.Open(split.AnnotationFile, split.ImageFolder, categories, forTraining);
    }
}
