using DetectorDsl.Annotations;
using DetectorDsl.Data.Rendering;

namespace DetectorDsl.Data.Tests.Rendering;

[Collection(nameof(DefaultStep))]
public sealed class RenderedFrequencyTests(DefaultStep step)
{
    [Fact]
    public void SixtyCategoriesAreRareCommonAndFrequentByTheImagesOfTheFile()
    {
        // LVIS: rare in at most 10 images, common in 11 to 100, frequent in more. Counted from the annotations, not from the stated counts.
        var images = ImageCounts(step.Train);
        Assert.Equal(60, images.Count);
        Assert.InRange(images.Values.Count(count => count <= 10), 15, 60);
        Assert.InRange(images.Values.Count(count => count is > 10 and <= 100), 15, 60);
        Assert.InRange(images.Values.Count(count => count > 100), 6, 60);
        Assert.All(images.Values, count => Assert.True(count >= 3));
        Assert.All(step.Train.Categories, category => Assert.Equal(
                images[category.Id] <= 10 ? CategoryFrequency.Rare
                    : images[category.Id] <= 100 ? CategoryFrequency.Common
                    : CategoryFrequency.Frequent,
                category.Frequency
            ));
    }

    [Fact]
    public void TheTailFallsWithAnExponentOfAbout1Point8()
    {
        // Slope of ln(count) over ln(rank) by least squares, ranks 13 to 60.
        var points = ImageCounts(step.Train)
            .Values.OrderDescending()
            .Select((count, rank) => (X: Math.Log(rank + 1), Y: Math.Log(count)))
            .Skip(12)
            .ToList();
        var (meanX, meanY) = (points.Average(point => point.X), points.Average(point => point.Y));
        var slope = points.Sum(point => (point.X - meanX) * (point.Y - meanY)) / points.Sum(point => (point.X - meanX) * (point.X - meanX));
        Assert.InRange(slope, -1.9, -1.7);
    }

    [Fact]
    public void CountsAreTheStatedOnesToTheInstance()
    {
        var instances = step.Train.Annotations.CountBy(annotation => annotation.CategoryId).ToDictionary();
        var images = ImageCounts(step.Train);
        Assert.All(step.Train.Categories, category =>
        {
            Assert.Equal(category.InstanceCount, instances[category.Id]);
            Assert.Equal(category.ImageCount, images[category.Id]);
        });
        Assert.Equal(420, step.Train.Images.Length);
    }

    [Fact]
    public void TenFamiliesOfSixHaveAFrequentMemberEach()
    {
        var families = step.Train.Categories.GroupBy(category => category.Name.Split('_')[0]).ToList();
        Assert.Equal(10, families.Count);
        Assert.All(families, family => Assert.Equal(6, family.Count()));
        Assert.All(families, family => Assert.Contains(family, category => category.Frequency == CategoryFrequency.Frequent));
        Assert.All(families, family => Assert.Contains(family, category => category.Frequency != CategoryFrequency.Frequent));
    }

    [Fact]
    public void EachAttributeValueOccursInAFrequentCategory()
    {
        static HashSet<string> Values(IEnumerable<Category> categories) => [.. categories.Select(category => category.Name.Split('_')[1])];

        Assert.Equal(12, Values(step.Train.Categories).Count);
        Assert.Equal(
            Values(step.Train.Categories),
            Values(step.Train.Categories.Where(category => category.Frequency == CategoryFrequency.Frequent))
        );
    }

    [Fact]
    public void BalancedValidationHasTwentyFiveOfEachClass()
    {
        Assert.Equal(250, step.Balanced.Images.Length);
        Assert.All(step.Balanced.Annotations.CountBy(annotation => annotation.CategoryId).ToDictionary(), pair =>
            Assert.Equal(25, pair.Value)
        );
        Assert.Equal(60, ImageCounts(step.Balanced).Count);
    }

    [Fact]
    public void NaturalValidationHasTheTrainingSetsFrequencies()
    {
        // 100 images against 420: each count times 100/420, rounded.
        Assert.Equal(100, step.Natural.Images.Length);
        var natural = step.Natural.Annotations.CountBy(annotation => annotation.CategoryId).ToDictionary();
        Assert.All(step.Train.Categories, category =>
            Assert.InRange(natural.GetValueOrDefault(category.Id) - (category.InstanceCount!.Value / 4.2), -0.5, 0.5)
        );
    }

    [Fact]
    public void LargerStepsKeepTheOrderOfTheClassesAndReachEachGroup()
    {
        foreach (var larger in new[] { RenderedStep.Large, RenderedStep.Full })
        {
            var categories = RenderedCategories.Of(larger);
            Assert.Equal(
                step.Train.Categories.Select(category => (category.Id, category.Name)),
                categories.Select(category => (category.Id, category.Name))
            );
            Assert.Equal(12, categories.Count(category => category.Frequency == CategoryFrequency.Frequent));
            Assert.True(categories.Count(category => category.Frequency == CategoryFrequency.Rare) >= 15);
            Assert.True(categories.Count(category => category.Frequency == CategoryFrequency.Common) >= 15);
            Assert.All(categories, category => Assert.InRange(category.InstanceCount!.Value, 3, larger.TrainImages));
        }
    }

    private static Dictionary<int, int> ImageCounts(AnnotationSet set) =>
        set
            .Annotations.Select(annotation => (annotation.CategoryId, annotation.ImageId))
            .Distinct()
            .CountBy(pair => pair.CategoryId)
            .ToDictionary();
}
