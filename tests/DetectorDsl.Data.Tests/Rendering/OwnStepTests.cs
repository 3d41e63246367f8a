using DetectorDsl.Annotations;
using DetectorDsl.Data.Rendering;

namespace DetectorDsl.Data.Tests.Rendering;

/// <summary>Steps that a program makes for itself.</summary>
public sealed class OwnStepTests
{
    private static readonly RenderedStep Own = new("own")
    {
        Families = 3,
        TrainImages = 24,
        FrequentCount = 20,
        TailStart = 12,
        TailExponent = 2,
        ValidationPerClass = 1,
        NaturalImages = 4,
        ImageSize = 64,
        BaseRadius = 9,
        ObjectsPerValidationImage = 2,
    };

    [Fact]
    public void Counts_FallAsThePowerLawSays()
    {
        // 5 frequent classes; then 12 x (6 / (rank + 1))^2 for ranks 5 to 17, at least 3: 12, 8.8, 6.75, 5.3, 4.3, 3.6, 3, 2.6 ...
        int[] expected = [20, 20, 20, 20, 20, 12, 9, 7, 5, 4, 4, 3, 3, 3, 3, 3, 3, 3];
        Assert.Equal(expected, Enumerable.Range(0, 18).Select(Own.Count));
        Assert.Equal(expected.Order(), RenderedCategories.Of(Own).Select(category => category.InstanceCount!.Value).Order());
    }

    [Fact]
    public void BalancedTraining_HasAsManyObjectsOfEachClass_AndTheTailsTotal()
    {
        // The counts above add up to 162, 9 a class.
        var categories = RenderedCategories.Of(Own with { IsBalanced = true });
        Assert.All(categories, category => Assert.Equal(9, category.InstanceCount));
    }

    [Fact]
    public void OtherFamilies_ShareNoCategory()
    {
        var first = RenderedCategories.Of(Own).Select(category => category.Name);
        var second = RenderedCategories.Of(Own with { FirstFamily = 3 }).Select(category => category.Name).ToList();

        Assert.Equal(18, second.Count);
        Assert.Empty(first.Intersect(second));
        Assert.Equal(["star", "cross", "arrow"], second.Select(name => name.Split('_')[0]).Distinct());
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(11, 0)]
    [InlineData(3, 8)]
    [InlineData(3, -1)]
    public void MoreFamiliesThanThereAre_AreRefused(int families, int firstFamily)
    {
        var exception = Assert.Throws<ArgumentException>(() =>
            RenderedCategories.Of(Own with { Families = families, FirstFamily = firstFamily })
        );
        Assert.Contains($"{families} families from number {firstFamily} on", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherRadius_IsRenderedAnew_AndMakesLargerObjects()
    {
        using var folder = new TempFolder();

        // One or two objects an image: in a crowd, all would be small.
        var roomy = Own with { TrainImages = 120 };
        RenderedDataSet.Write(folder["a"], roomy);
        var small = MeanArea();
        RenderedDataSet.Write(folder["a"], roomy with { BaseRadius = 13 });

        // Areas grow with the square: 1.44 squared is 2.1.
        Assert.InRange(MeanArea() / small, 1.6, 2.5);

        double MeanArea() =>
            AnnotationReader.Read(Path.Combine(folder["a"], "train.json")).Annotations.Average(annotation => annotation.Area);
    }

    [Fact]
    public void OtherShapes_AreDrawnForOtherFamilies()
    {
        using var folder = new TempFolder();
        RenderedDataSet.Write(folder["a"], Own);
        var image = File.ReadAllBytes(Path.Combine(folder["a"], "train", "000001.jpg"));
        RenderedDataSet.Write(folder["a"], Own with { FirstFamily = 4 });

        Assert.NotEqual(image, File.ReadAllBytes(Path.Combine(folder["a"], "train", "000001.jpg")));
    }
}
