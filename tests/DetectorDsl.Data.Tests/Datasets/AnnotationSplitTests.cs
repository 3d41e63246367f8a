using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;

namespace DetectorDsl.Data.Tests.Datasets;

public sealed class AnnotationSplitTests
{
    [Fact]
    public void EveryClass_HasItsShareInEveryPart()
    {
        // Image i holds class 1; every second class 2, every fifth class 3, every twentieth class 4; the last ten hold nothing.
        var set = Set(210, image => image >= 200 ? [] : [1, .. Every(image, 2, 2), .. Every(image, 5, 3), .. Every(image, 20, 4)]);

        var parts = AnnotationSplit.Divide(set, [0.8, 0.2], 3);

        Assert.Equal(
            [(160, 80, 32, 8), (40, 20, 8, 2)],
            parts.Select(part => (Count(part, 1), Count(part, 2), Count(part, 3), Count(part, 4)))
        );
        Assert.Equal([168, 42], parts.Select(part => part.Images.Length));
        Assert.Equal(set.Images.Select(image => image.Id), parts.SelectMany(part => part.Images).Select(image => image.Id).Order());
        Assert.All(parts, part => Assert.Equal(part.Images.Select(image => image.Id).Order(), part.Images.Select(image => image.Id)));
        Assert.All(parts, part =>
            Assert.Subset(
                part.Images.Select(image => image.Id).ToHashSet(),
                part.Annotations.Select(annotation => annotation.ImageId).ToHashSet()
            )
        );
        Assert.All(parts, part => Assert.Equal(set.Categories, part.Categories));
    }

    [Fact]
    public void ASubset_LeavesTheRestOut()
    {
        var part = Assert.Single(AnnotationSplit.Divide(Set(100, image => [1, .. Every(image, 10, 2)]), [0.3], 0));
        Assert.Equal((30, 30, 3), (part.Images.Length, Count(part, 1), Count(part, 2)));
    }

    [Fact]
    public void SharesThatMakeAWhole_LeaveNothingOut() =>
        Assert.Equal(50, AnnotationSplit.Divide(Set(50, _ => [1]), [0.7, 0.2, 0.1], 0).Sum(part => part.Images.Length));

    [Fact]
    public void TheSeed_Decides()
    {
        var set = Set(100, _ => [1]);
        Assert.Equal(Ids(0), Ids(0));
        Assert.NotEqual(Ids(0), Ids(1));

        IEnumerable<long> Ids(long seed) => AnnotationSplit.Divide(set, [0.5], seed)[0].Images.Select(image => image.Id);
    }

    [Fact]
    public void AnObjectOfARareClass_GoesToTheLargestPart()
    {
        var parts = AnnotationSplit.Divide(Set(40, image => image == 17 ? [1, 2] : [1]), [0.25, 0.75], 0);
        Assert.Equal([0, 1], parts.Select(part => Count(part, 2)));
    }

    private static int[] Every(int image, int step, int category) => image % step == 0 ? [category] : [];

    private static int Count(AnnotationSet set, int category) => set.Annotations.Count(annotation => annotation.CategoryId == category);

    private static AnnotationSet Set(int images, Func<int, int[]> classes) =>
        new(
            [.. Enumerable.Range(0, images).Select(id => new AnnotatedImage(id, $"{id}.jpg", 50, 50))],
            [
                .. Enumerable
                    .Range(0, images)
                    .SelectMany(id =>
                        classes(id)
                            .Select(category => new InstanceAnnotation(
                                (100 * id) + category,
                                id,
                                category,
                                new Box(1, 1, 5, 5),
                                25,
                                null,
                                false
                            ))
                    ),
            ],
            [.. Enumerable.Range(1, 4).Select(id => new Category(id, $"{id}"))],
            []
        );
}
