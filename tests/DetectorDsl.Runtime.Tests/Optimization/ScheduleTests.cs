using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Training.Schedules;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Optimization;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(7, 1)]
    [InlineData(8, 0.1)]
    [InlineData(10, 0.1)]
    [InlineData(11, 0.01)]
    [InlineData(1000, 0.01)]
    public void MilestonesMultiply(long step, double factor) =>
        Expect.Close(factor, new MultiStepSchedule([8, 11], 0.1).Factor(step), 1e-15, 0, "factor");

    [Theory]
    [InlineData(0, 1)]
    [InlineData(25, 0.2 + (0.8 * 0.5 * 1.7071067811865475))]
    [InlineData(50, 0.6)]
    [InlineData(100, 0.2)]
    [InlineData(500, 0.2)]
    public void CosineFallsToItsFinalShare(long step, double factor) =>
        Expect.Close(factor, new CosineSchedule(100, 0.2).Factor(step), 1e-12, 0, "factor");

    [Theory]
    [InlineData(0, 1)]
    [InlineData(20, 0.2 + (0.8 * 0.5 * 1.7071067811865475))]
    [InlineData(40, 0.6)]
    [InlineData(79, 0.2 + (0.8 * 0.5 * (1 - 0.9992290362407229)))]
    [InlineData(80, 0.2)]
    [InlineData(99, 0.2)]
    public void CosineMayEndEarly(long step, double factor) =>
        Expect.Close(factor, new CosineSchedule(100, 0.2, until: 0.8).Factor(step), 1e-12, 0, "factor");

    [Theory]
    [InlineData(0, 0.001)]
    [InlineData(250, 0.5005)]
    [InlineData(499, 0.001 + (0.999 * 499 / 500))]
    [InlineData(500, 1)]
    [InlineData(800, 0.1)]
    public void WarmupRisesLinearly(long step, double factor) =>
        Expect.Close(factor, new LinearWarmup(500, 0.001, new MultiStepSchedule([800], 0.1)).Factor(step), 1e-12, 0, "factor");

    [Theory]
    [InlineData(0, 1.0 / 3)]
    [InlineData(499, 1.0 / 3)]
    [InlineData(500, 1)]
    [InlineData(800, 0.1)]
    public void WarmupMayBeConstant(long step, double factor) =>
        Expect.Close(factor, new ConstantWarmup(500, 1.0 / 3, new MultiStepSchedule([800], 0.1)).Factor(step), 1e-15, 0, "factor");

    [Fact]
    public void SchedulesOfNoSteps_AreDefined()
    {
        Assert.Equal(1, new ConstantWarmup(0, 0.5, new MultiStepSchedule([], 0.1)).Factor(0));
        Assert.Equal(1, new LinearWarmup(0, 0.001, new MultiStepSchedule([], 0.1)).Factor(0));
        Assert.Equal(1, new CosineSchedule(0, 0.5).Factor(0));
    }

    [Theory]
    [InlineData(100, "The warm-up of 500 steps is not over when the run ends after 100", "2 of 2 milestones")]
    [InlineData(700, "1 of 2 milestones of the learning rate lie at or beyond the run's end (700 steps)")]
    [InlineData(701)]
    public void WhatARunIsTooShortFor_IsSaid(long steps, params string[] expected) =>
        Assert.All(
            new LinearWarmup(500, 0.001, new MultiStepSchedule([600, 700], 0.1))
                .Unreached(steps)
                .Zip(expected, (line, piece) => (line, piece)),
            item => Assert.Contains(item.piece, item.line, StringComparison.Ordinal)
        );

    [Theory]
    [InlineData(100, 2)]
    [InlineData(700, 1)]
    [InlineData(701, 0)]
    public void NothingElseIsSaid(long steps, int lines) =>
        Assert.Equal(lines, new LinearWarmup(500, 0.001, new MultiStepSchedule([600, 700], 0.1)).Unreached(steps).Count());
}
