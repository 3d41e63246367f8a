using DetectorDsl.Annotations;
using DetectorDsl.Runtime.Heads;
using DetectorDsl.Runtime.Inference;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.Inference;

public sealed class ImagePreparationTests
{
    private static readonly ImagePreparation Usual = new([123.675, 116.28, 103.53], [58.395, 57.12, 57.375], 32, 800, 1333);

    [Theory]
    [InlineData(480, 640, 800, 1067)] // 800 / 480 = 1.6667 -> 1066.67
    [InlineData(427, 1280, 445, 1333)] // 1333 / 1280 = 1.0414 -> 444.68
    [InlineData(1, 5000, 1, 1333)] // the short side would vanish
    public void Fit_KeepsTheAspectRatio(int height, int width, int newHeight, int newWidth) => Assert.Equal((newHeight, newWidth), Usual.Fit(height, width));

    [Fact]
    public void Typed_KeepsOrderBoxesAndMasks()
    {
        var mask = RleMask.FromBox(new Box(1, 1, 2, 2), 10, 10);
        var image = new ImageDetections(new ImageShape(1, 10, 10, 10, 10), [1, 2, 4, 8, 0, 0, 5, 5], [0.9f, 0.4f], [1, 0], [mask, mask]);

        var typed = Detections.Typed(image, label => label == 0 ? DayOfWeek.Sunday : DayOfWeek.Friday);

        Assert.Equal([new Detection<DayOfWeek>(DayOfWeek.Friday, 0.9f, new Box(1, 2, 3, 6), mask), new Detection<DayOfWeek>(DayOfWeek.Sunday, 0.4f, new Box(0, 0, 5, 5), mask)], typed.ToArray());
    }
}
