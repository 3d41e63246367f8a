using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Sampling;

namespace DetectorDsl.Data.Tests.Sampling;

public sealed class SampledCountsTests
{
    // Class 0 is in three images, 1 and 2 in one each, 3 in none.
    private static readonly int[][] Labels =
    [
        [0, 0],
        [0, 1],
        [0],
        [2, 2, 2],
    ];
    private static readonly ImageClassIndex Index = TestIndex.Of(4, [.. Labels.Select(labels => labels.Distinct().ToArray())]);

    [Fact]
    public void Random_ShowsTheDataAsItIs() =>
        Check(new RandomImageSampler(Index, 0), images: 4, imageCounts: [3, 1, 1, 0], instanceCounts: [4, 1, 3, 0]);

    [Fact]
    public void RepeatFactorsRoundedUp_ShowRareImagesTwice()
    {
        // A threshold of 2 of 4 images: factors 1 for class 0, sqrt(2) for 1 and 2; images 1, 2, 1 and 2 times.
        Check(
            new RepeatFactorSampler(Index, 0.5, stochastic: false, seed: 0),
            images: 6,
            imageCounts: [4, 2, 2, 0],
            instanceCounts: [5, 2, 6, 0]
        );
    }

    [Fact]
    public void RepeatFactorsRoundedAtRandom_CountAsTheyAre()
    {
        var root = Math.Sqrt(2);
        Check(
            new RepeatFactorSampler(Index, 0.5, stochastic: true, seed: 0),
            images: 2 + (2 * root),
            imageCounts: [2 + root, root, root, 0],
            instanceCounts: [3 + root, root, 3 * root, 0]
        );
    }

    [Fact]
    public void ClassAware_ShowsEachClassAlikeOften()
    {
        // Four thirds of an image for each of three classes: images 4/9, 4/9 + 4/3, 4/9 and 4/3 times.
        Check(
            new ClassAwareSampler(Index, 1, seed: 0),
            images: 4,
            imageCounts: [24 / 9.0, 16 / 9.0, 12 / 9.0, 0],
            instanceCounts: [28 / 9.0, 16 / 9.0, 4, 0]
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ExpectedViews_AreTheMeanOfEpochs(bool classAware)
    {
        const int Epochs = 20000;
        IImageSampler sampler = classAware
            ? new ClassAwareSampler(Index, 1, seed: 3)
            : new RepeatFactorSampler(Index, 0.5, stochastic: true, seed: 3);
        var views = new double[Labels.Length];
        foreach (var image in Enumerable.Range(0, Epochs).SelectMany(sampler.Epoch))
        {
            views[image] += 1.0 / Epochs;
        }

        Assert.All(views.Zip(sampler.ExpectedViews()!), pair => Assert.Equal(pair.Second, pair.First, 0.02));
    }

    [Fact]
    public void AnotherSampler_IsDrawnOnce()
    {
        var counts = SampledCounts.Of(new Fixed(), Labels, 4);
        Assert.Equal((3.0, 2, false), (counts.Images, counts.DifferentImages, counts.AreExpected));
        Assert.Equal([1.0, 1, 6, 0], counts.InstanceCounts.ToArray());
    }

    [Fact]
    public void Groups_AreToldBesideTheData()
    {
        var summary = new DatasetSummary(
            "train.json",
            4,
            8,
            0,
            0,
            0,
            0,
            [new("a", 120, 400), new("b", 20, 30), new("c", 3, 3), new("d", 0, 0)],
            []
        );
        var counts = new SampledCounts(150.4, 140, [], [380, 60, 12, 0], AreExpected: true);
        Assert.Equal(
            "An epoch shows 150 images, 140 different ones; objects: rare 12 (3 in the data), common 60 (30 in the data), frequent 380 (400 in the data).",
            counts.Describe(summary)
        );
    }

    private static void Check(IImageSampler sampler, double images, double[] imageCounts, double[] instanceCounts)
    {
        var counts = SampledCounts.Of(sampler, Labels, 4);
        Assert.True(counts.AreExpected);
        Assert.Equal(4, counts.DifferentImages);
        Assert.Equal(images, counts.Images, 1e-12);
        Assert.All(imageCounts.Zip(counts.ImageCounts), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.All(instanceCounts.Zip(counts.InstanceCounts), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    private sealed class Fixed : IImageSampler
    {
        public int[] Epoch(int epoch) => [3, 3, 1];
    }
}
