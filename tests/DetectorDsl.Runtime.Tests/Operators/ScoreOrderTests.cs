using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Operators;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Operators;

public sealed class ScoreOrderTests
{
    [Fact]
    public void ScoresFall_EqualOnesByIndex() => Assert.Equal([2, 0, 4, 5, 1, 3], ScoreOrder.Falling([0.5f, 0, 1, -1, 0.5f, 0.5f]));

    // Numbers of several magnitudes and signs, rounded so that many are equal and that the wanted number ends within equal ones.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(400)]
    [InlineData(999)]
    [InlineData(2000)]
    [InlineData(3000)]
    public void TheBest_AreTheFirstOfAll(int most)
    {
        float[] scores = [.. Filling.Numbers(1, 2000, -3, 3).Select(number => MathF.Round((float)number, 1) * (number > 2 ? 1e-4f : 1))];
        (scores[3], scores[5], scores[8], scores[9], scores[700]) = (
            float.NegativeInfinity,
            float.PositiveInfinity,
            -0f,
            0f,
            float.PositiveInfinity
        );
        Assert.Equal(ScoreOrder.Falling(scores).Take(most), ScoreOrder.Falling(scores, most));
    }

    [Fact]
    public void NegativeZeroEqualsZero()
    {
        float[] scores = [-0f, 0f, -1, -0f, 0f, -1, -1, -1, -1];
        Assert.Equal([0, 1], ScoreOrder.Falling(scores, 2));
    }

    [Fact]
    public void WhatIsNotANumber_ComesFirst() =>
        Assert.Equal(ScoreOrder.Falling([1, 2, float.NaN, 3, 0, 0, 0])[..2], ScoreOrder.Falling([1, 2, float.NaN, 3, 0, 0, 0], 2));
}
