using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Selection;
using DetectorDsl.Structures;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Heads;

public sealed class DenseSelectorTests
{
    private static readonly ImageShape Shape = new(1, 100, 80, 200, 160);

    // Two levels: three cells and one; the first two overlap by 0.9.
    private static readonly Boxes[] Cells =
    [
        [0, 0, 10, 10, 0, 0, 10, 9, 30, 30, 40, 40],
        [50, 50, 60, 70],
    ];

    [Fact]
    public void PairsAboveTheThreshold_AreSuppressedPerClass()
    {
        using var scope = NewDisposeScope();

        // Columns: class 0, class 1, background, which is not looked at.
        var scores = tensor(new float[] { 0.9f, 0.3f, 1, 0.8f, 0.6f, 1, 0.25f, 0, 1, 0.5f, 0.2f, 1 }, [1, 4, 3]);
        var found = Selector().Select(scores, null, zeros(1, 4, 4), Cells, classes: 2, [Shape])[0];
        Assert.Equal([0.9f, 0.6f, 0.5f], found.Scores);
        Assert.Equal([0, 1, 0], found.Labels);
        Assert.Equal([0, 0, 10, 10, 0, 0, 10, 9, 50, 50, 60, 70], found.Boxes);
        Assert.Equal([0.9f, 0.6f], Selector(maxPerImage: 2).Select(scores, null, zeros(1, 4, 4), Cells, classes: 2, [Shape])[0].Scores);
    }

    [Fact]
    public void EachLevelHasItsOwnCandidates()
    {
        using var scope = NewDisposeScope();
        var scores = tensor(new float[] { 0.4f, 0.5f, 0.9f, 0.3f }, [1, 4, 1]);
        Assert.Equal([0.9f, 0.3f], Selector(candidates: 1).Select(scores, null, zeros(1, 4, 4), Cells, classes: 1, [Shape])[0].Scores);
    }

    [Fact]
    public void FactorsCountAfterTheThreshold_ButBeforeSuppression()
    {
        using var scope = NewDisposeScope();
        var scores = tensor(new float[] { 0.9f, 0.8f, 0.3f, 0.2f }, [1, 4, 1]);
        var factors = tensor(new float[] { 0.1f, 0.5f, 0.5f, 1 }, [1, 4]);

        // 0.09 falls to 0.4; 0.3 passes the threshold of 0.25 and ends at 0.15; 0.2 does not.
        var found = Selector().Select(scores, factors, zeros(1, 4, 4), Cells, classes: 1, [Shape])[0];
        Assert.Equal([0.4f, 0.15f], found.Scores);
        Assert.Equal([0, 0, 10, 9, 30, 30, 40, 40], found.Boxes);
    }

    [Fact]
    public void SmallBoxesFall()
    {
        using var scope = NewDisposeScope();
        var scores = tensor(new float[] { 0.9f, 0, 0, 0.8f }, [1, 4, 1]);
        Assert.Equal(
            [0.8f],
            Selector(minSize: 10)
                .Select(
                    scores,
                    null,
                    tensor(new float[] { 0, 0, -0.1f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, [1, 4, 4]),
                    Cells,
                    classes: 1,
                    [Shape]
                )[0]
                .Scores
        );
    }

    [Fact]
    public void WhatDoesNotFit_IsRefused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => Selector().Select(zeros(1, 3, 1), null, zeros(1, 3, 4), Cells, classes: 1, [Shape]));
        Assert.Throws<ArgumentException>(() => Selector().Select(zeros(1, 4, 1), null, zeros(1, 4, 4), Cells, classes: 2, [Shape]));
        Assert.Throws<ArgumentException>(() => Selector().Select(zeros(1, 4, 1), null, zeros(1, 4, 3), Cells, classes: 1, [Shape]));
    }

    private static DenseSelector Selector(int candidates = 10, int maxPerImage = 10, double minSize = 0) =>
        new(candidates, 0.25, 0.5, maxPerImage, minSize, new DeltaBoxCoder());
}
