using DetectorDsl.Structures;
using DetectorDsl.Torch.Losses;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Losses;

/// <summary>A run says at its start what a loss's thresholds reach in its data.</summary>
public sealed class LossReachTests
{
    private static readonly ClassFrequencies Frequencies = new(100, [50, 10, 1, 5, 2], [60, 10, 1, 9, 2000]);

    [Theory]
    [InlineData(0.05, null, "Equalization Loss: 2 of 5 classes are in fewer than 5 of 100 images.")]
    [InlineData(0.5, 11, "Equalization Loss: 4 of 5 classes are in fewer than 11 of 100 images.")]
    [InlineData(
        0.001,
        null,
        "Equalization Loss changes nothing: its threshold is 0.1 of 100 images, and every class is in 1 at least. Give a larger threshold, or another loss."
    )]
    public void ClassesBelowAThreshold(double share, int? images, string expected)
    {
        using var loss = new EqualizationLoss(5, share, images);
        Assert.Empty(loss.Describe());
        loss.LearnFrequencies(Frequencies);
        Assert.Equal([expected], loss.Describe());
    }

    [Fact]
    public void ClassesThatDropLossReaches()
    {
        using var loss = new DropLoss(5, 0.05);
        loss.LearnFrequencies(Frequencies);
        Assert.Equal(["DropLoss: 2 of 5 classes are in fewer than 5 of 100 images."], loss.Describe());
    }

    [Fact]
    public void ClassesOfEachGroup()
    {
        using var softmax = new GroupSoftmaxLoss(5, [10, 100]);
        Assert.Empty(softmax.Describe());
        softmax.LearnFrequencies(Frequencies);
        Assert.Equal(["Group Softmax: of 5 classes 2 of 0 to 9, 2 of 10 to 99, 1 of 100 objects and more."], softmax.Describe());

        using var suppression = new AdaptiveClassSuppressionLoss(5, rareImages: 2, commonImages: 10);
        Assert.Empty(suppression.Describe());
        suppression.LearnFrequencies(Frequencies);
        Assert.Equal(["ACSL: 2 rare classes (at most 2 images), 2 common (at most 10), 1 frequent."], suppression.Describe());
    }
}
