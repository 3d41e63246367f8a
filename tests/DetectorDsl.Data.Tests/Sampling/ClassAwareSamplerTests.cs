using DetectorDsl.Data.Sampling;

namespace DetectorDsl.Data.Tests.Sampling;

public sealed class ClassAwareSamplerTests
{
    // Images 0 to 39 hold class 0, 40 to 54 class 1, 55 to 59 class 2.
    private static readonly ImageClassIndex Images = TestIndex.OfCounts(40, 15, 5);

    [Fact]
    public void ClassesAreDrawnAlikeOftenAndTheirImagesInTurn()
    {
        // 60 images, 20 of each class: 5 images four times, 15 images once or twice, 20 of 40 images once.
        var counts = new ClassAwareSampler(Images, 1, seed: 0).Epoch(0).CountBy(image => image).ToDictionary();
        Assert.Equal(60, counts.Values.Sum());
        Assert.All(Enumerable.Range(55, 5), image => Assert.Equal(4, counts[image]));
        Assert.All(Enumerable.Range(40, 15), image => Assert.InRange(counts[image], 1, 2));
        Assert.Equal(20, Enumerable.Range(40, 15).Sum(image => counts[image]));
        Assert.Equal(20, Enumerable.Range(0, 40).Count(image => counts.GetValueOrDefault(image) == 1));
    }

    [Fact]
    public void EachRoundHoldsEveryClassOnce()
    {
        var classes = new ClassAwareSampler(Images, 1, seed: 0).Epoch(0).Select(ClassOf).Chunk(3).ToList();
        Assert.All(classes, round => Assert.Equal([0, 1, 2], round.Order()));
        Assert.True(classes.Select(round => string.Concat(round)).Distinct().Count() > 1);
    }

    [Fact]
    public void SeveralImagesPerClass_FollowEachOther()
    {
        var classes = new ClassAwareSampler(Images, 4, seed: 0).Epoch(0).Select(ClassOf).Chunk(4);
        Assert.All(classes, group => Assert.Single(group.Distinct()));
    }

    [Fact]
    public void AClassInNoImage_IsPassedOver()
    {
        var order = new ClassAwareSampler(TestIndex.Of(4, [0], [2], [0, 2], []), 1, seed: 0).Epoch(0);
        Assert.Equal(4, order.Length);
        Assert.DoesNotContain(3, order);
    }

    [Fact]
    public void WithoutAnyObjects_TheEpochIsEmpty() => Assert.Empty(new ClassAwareSampler(TestIndex.Of(2, [], []), 1, seed: 0).Epoch(0));

    [Fact]
    public void SeedAndEpochDecideTheOrder()
    {
        var order = new ClassAwareSampler(Images, 1, 1).Epoch(2);
        Assert.Equal(order, new ClassAwareSampler(Images, 1, 1).Epoch(2));
        Assert.NotEqual(order, new ClassAwareSampler(Images, 1, 1).Epoch(3));
        Assert.NotEqual(order, new ClassAwareSampler(Images, 1, 2).Epoch(2));
    }

    [Fact]
    public void NoImagesPerClass_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new ClassAwareSampler(Images, 0, 0));

    private static int ClassOf(int image) =>
        image < 40 ? 0
        : image < 55 ? 1
        : 2;
}
