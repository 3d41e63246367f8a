using DetectorDsl.Data.Sampling;

namespace DetectorDsl.Data.Tests.Sampling;

public sealed class RepeatFactorSamplerTests
{
    // 16 images, threshold 0.5: counts 1, 2, 4, 8, 16 have r = sqrt(8 / count) = 2.828, 2, 1.414, 1, 1 (0.707). Class 5 is in no image.
    private static readonly ImageClassIndex Images = TestIndex.Of(
        6,
        [0, 4],
        [1, 4],
        [1, 2, 4],
        [2, 4],
        [2, 3, 4],
        [2, 3, 4],
        [3, 4],
        [3, 4],
        [3, 4],
        [3, 4],
        [3, 4],
        [3, 4],
        [4],
        [4],
        [4],
        [4]
    );

    // LVIS v1 with all 100,170 images, threshold 1e-3: r = sqrt(100.17 / count).
    [Theory]
    [InlineData(1, 10.008496)]
    [InlineData(2, 7.077076)]
    [InlineData(10, 3.164964)]
    [InlineData(25, 2.001699)]
    [InlineData(50, 1.415415)]
    [InlineData(100, 1.000850)]
    [InlineData(101, 1)]
    [InlineData(0, 1)]
    public void ClassFactor_OfLvis(int imageCount, double factor) =>
        Assert.Equal(factor, RepeatFactorSampler.ClassFactor(imageCount, 100_170, 1e-3), 6);

    [Fact]
    public void ClassFactor_WithoutEmptyImagesOfLvis() =>
        // 99,388 images hold objects: sqrt(99.388) = 9.969.
        Assert.Equal(9.969, RepeatFactorSampler.ClassFactor(1, 99_388, 1e-3), 3);

    [Fact]
    public void AnImageHasTheLargestFactorOfItsClasses()
    {
        var sampler = new RepeatFactorSampler(Images, 0.5, stochastic: false, seed: 0);
        Assert.Equal([2.828427, 2, 1.414214, 1, 1, 1], sampler.ClassFactors.Select(factor => Math.Round(factor, 6)));
        Assert.Equal(
            [2.828427, 2, 2, 1.414214, 1.414214, 1.414214, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
            sampler.ImageFactors.Select(factor => Math.Round(factor, 6))
        );
        Assert.Equal((3, 6), (sampler.RepeatedClasses, sampler.RepeatedImages));
    }

    [Fact]
    public void WhatTheThresholdTouches_IsTold()
    {
        // Factors and epoch length as worked out in the tests beside; 2.828 + 2 + 2 + 3 x 1.414 + 10 = 21.07 on average.
        Assert.Equal(
            [
                "Repeat factors: a threshold of 8 of 16 images repeats 3 of 6 classes, 1.41 to 2.83 times, and 6 images; an epoch shows 23 images.",
            ],
            new RepeatFactorSampler(Images, 0.5, stochastic: false, seed: 0).Describe()
        );
        Assert.EndsWith(
            "an epoch shows about 21 images.",
            new RepeatFactorSampler(Images, 0.5, stochastic: true, seed: 0).Describe().Single(),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "Repeat factors change nothing: their threshold is 0.8 of 16 images, and every class is in 1 at least. Give a larger threshold",
            new RepeatFactorSampler(Images, 0.05, stochastic: false, seed: 0).Describe().Single(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void AnImageWithoutObjects_IsShownOnce()
    {
        var sampler = new RepeatFactorSampler(TestIndex.Of(1, [0], []), 1, stochastic: false, seed: 0);
        Assert.Equal(1, sampler.ImageFactors[1]);
        Assert.Equal(3, sampler.Epoch(0).Length);
    }

    [Fact]
    public void RoundedUp_EveryEpochHasTheSameImages()
    {
        // 3 + 2 + 2 + 2 + 2 + 2 + 10 x 1 = 23.
        var sampler = new RepeatFactorSampler(Images, 0.5, stochastic: false, seed: 0);
        int[] expected = [0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
        Assert.Equal(expected, sampler.Epoch(0).Order());
        Assert.Equal(expected, sampler.Epoch(1).Order());
        Assert.NotEqual(sampler.Epoch(0), sampler.Epoch(1));
    }

    [Fact]
    public void RoundedAtRandom_FactorsAreMetOnAverage()
    {
        var sampler = new RepeatFactorSampler(Images, 0.5, stochastic: true, seed: 0);
        var repeats = new int[16];
        const int Epochs = 2000;
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            var counts = sampler.Epoch(epoch).CountBy(image => image).ToDictionary();
            Assert.InRange(counts[0], 2, 3);
            Assert.Equal(2, counts[1]);
            Assert.InRange(counts[3], 1, 2);
            Assert.Equal(1, counts[15]);
            for (var image = 0; image < 16; image++)
            {
                repeats[image] += counts[image];
            }
        }

        // Standard deviation of a mean of 2,000 draws: at most 0.5 / sqrt(2000) = 0.011.
        Assert.All(Enumerable.Range(0, 16), image =>
            Assert.InRange(repeats[image] / (double)Epochs, sampler.ImageFactors[image] - 0.05, sampler.ImageFactors[image] + 0.05)
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheSeedDecidesTheOrder(bool stochastic)
    {
        var order = new RepeatFactorSampler(Images, 0.5, stochastic, seed: 3).Epoch(4);
        Assert.Equal(order, new RepeatFactorSampler(Images, 0.5, stochastic, seed: 3).Epoch(4));
        Assert.NotEqual(order, new RepeatFactorSampler(Images, 0.5, stochastic, seed: 5).Epoch(4));
        Assert.NotEqual(order.Order(), order);
    }
}
