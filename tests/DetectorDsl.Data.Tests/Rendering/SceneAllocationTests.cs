using DetectorDsl.Data.Rendering;
using DetectorDsl.Structures;

namespace DetectorDsl.Data.Tests.Rendering;

public sealed class SceneAllocationTests
{
    [Fact]
    public void QuotasAreExactImagesFillEvenlyAndNoClassStandsTwiceInOne()
    {
        int[] counts = [9, 7, 4, 2, 1];
        var scenes = SceneAllocation.Distribute(counts, 10, RandomSource.For(1));
        Assert.Equal(10, scenes.Length);
        Assert.Equal(counts, Enumerable.Range(0, 5).Select(label => scenes.Sum(scene => scene.Count(item => item == label))));
        Assert.All(scenes, scene => Assert.Equal(scene.Distinct().Count(), scene.Length));

        // 23 objects in 10 images.
        Assert.All(scenes, scene => Assert.InRange(scene.Length, 2, 3));
    }

    [Fact]
    public void MoreInstancesThanImages_IsRefused() =>
        Assert.Contains(
            "11 instances",
            Assert.Throws<ArgumentException>(() => SceneAllocation.Distribute([11], 10, RandomSource.For(1))).Message,
            StringComparison.Ordinal
        );
}
