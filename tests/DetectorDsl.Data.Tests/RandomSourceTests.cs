using DetectorDsl.Structures;

namespace DetectorDsl.Data.Tests;

public sealed class RandomSourceTests
{
    [Fact]
    public void StreamsOfDifferentKeysDiffer()
    {
        long[][] keys =
        [
            [],
            [0],
            [1],
            [0, 0],
            [0, 1],
            [1, 0],
            [-1],
            [long.MinValue],
        ];
        Assert.Equal(keys.Length, keys.Select(key => RandomSource.For(key).NextBits()).Distinct().Count());
        Assert.Equal(RandomSource.For(1, 2).NextBits(), RandomSource.For(1, 2).NextBits());
    }

    [Fact]
    public void NumbersFillTheirRangesEvenly()
    {
        var random = RandomSource.For(1);
        var whole = new int[7];
        var sum = 0.0;
        for (var i = 0; i < 70_000; i++)
        {
            whole[random.NextInt(7)]++;
            var number = random.Between(-2, 4);
            Assert.InRange(number, -2, 4);
            sum += number;
        }

        // 10,000 expected, standard deviation 93; mean 1, standard deviation 6 / sqrt(12 x 70,000) = 0.0065.
        Assert.All(whole, count => Assert.InRange(count, 9500, 10500));
        Assert.InRange(sum / 70_000, 0.96, 1.04);
    }
}
