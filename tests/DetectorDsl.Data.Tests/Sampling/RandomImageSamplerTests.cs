using DetectorDsl.Data.Sampling;

namespace DetectorDsl.Data.Tests.Sampling;

public sealed class RandomImageSamplerTests
{
    private static readonly ImageClassIndex Images = TestIndex.OfCounts(30, 20);

    [Fact]
    public void EveryImageOncePerEpoch() =>
        Assert.All(Enumerable.Range(0, 3), epoch =>
            Assert.Equal(Enumerable.Range(0, 50), new RandomImageSampler(Images, 1).Epoch(epoch).Order())
        );

    [Fact]
    public void SeedAndEpochDecideTheOrder()
    {
        var order = new RandomImageSampler(Images, 1).Epoch(2);
        Assert.Equal(order, new RandomImageSampler(Images, 1).Epoch(2));
        Assert.NotEqual(order, new RandomImageSampler(Images, 1).Epoch(3));
        Assert.NotEqual(order, new RandomImageSampler(Images, 2).Epoch(2));
        Assert.NotEqual(Enumerable.Range(0, 50), order);
    }

    [Fact]
    public void EveryPlaceIsAlikeLikely()
    {
        // The place of image 0 over 5,000 epochs: 100 expected in each of 50 places, standard deviation 9.9.
        var sampler = new RandomImageSampler(Images, 9);
        var places = Enumerable
            .Range(0, 5000)
            .Select(epoch => Array.IndexOf(sampler.Epoch(epoch), 0))
            .CountBy(place => place)
            .ToDictionary();
        Assert.All(Enumerable.Range(0, 50), place => Assert.InRange(places[place], 50, 150));
    }
}
