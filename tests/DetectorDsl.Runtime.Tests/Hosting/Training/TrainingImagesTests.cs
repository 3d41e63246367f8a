using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Images;
using DetectorDsl.Training;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.Training;

/// <summary>Images that cannot be read end no run while there are others.</summary>
[Collection(TorchGeneratorCollection.Name)]
public sealed class TrainingImagesTests
{
    private readonly List<TimeSpan> waits = [];
    private readonly HashSet<int> lost = [];

    [Fact]
    public void AnImageThatComesBackAtOnceIsTaken()
    {
        lost.Add(3);
        var images = Images(40, afterWait: () => lost.Clear());
        Assert.Equal(3, images.Read(3).ImageId);
        Assert.Single(waits);
        Assert.Empty(images.TakeNews());
    }

    [Fact]
    public void AnImageThatIsLostIsReplacedByTheSameOneEachTime_AndToldOnce()
    {
        lost.UnionWith([3, 4, 5]);
        var images = Images(40);
        var taken = images.Read(3).ImageId;
        Assert.DoesNotContain((int)taken, lost);
        Assert.Equal([taken, taken], [images.Read(3).ImageId, images.Read(3).ImageId]);
        var news = Assert.Single(images.TakeNews());
        Assert.Equal((3, "image 3 is lost", 1), (news.Index, news.Reason, news.Count));
        Assert.Equal(1, images.LeftOutCount);
        Assert.Single(waits);
    }

    [Theory]
    [InlineData(12, 10, false)]
    [InlineData(12, 11, true)]
    [InlineData(200, 20, false)]
    [InlineData(200, 21, true)]
    public void SoManyAreLeftOut_ThatTheRunShouldEnd(int count, int missing, bool isTooMuch)
    {
        lost.UnionWith(Enumerable.Range(0, missing));
        var images = Images(count);
        foreach (var index in lost)
        {
            images.Read(index);
        }

        Assert.Equal(missing, images.LeftOutCount);
        Assert.Equal(isTooMuch, images.AreTooManyLeftOut);
    }

    [Fact]
    public void AnOutageOfTheStorageIsWaitedFor()
    {
        lost.UnionWith(Enumerable.Range(0, 40));
        var images = Images(40, afterWait: () =>
        {
            if (waits.Count == 5)
            {
                lost.Clear();
            }
        });
        Assert.Equal(7, images.Read(7).ImageId);
        Assert.Empty(images.TakeNews());
    }

    [Fact]
    public void StorageThatDoesNotComeBack_EndsTheRunAfterAMinute()
    {
        lost.UnionWith(Enumerable.Range(0, 40));
        var message = Assert.Throws<TrainingException>(() => Images(40).Read(7)).Message;
        Assert.StartsWith("image 7 is lost", message, StringComparison.Ordinal);
        Assert.Contains("16 other images", message, StringComparison.Ordinal);
        Assert.InRange(waits.Sum(wait => wait.TotalSeconds), 60, 61);
        Assert.Throws<TrainingException>(() => Images(1).Read(0));
    }

    private TrainingImages Images(int count, Action? afterWait = null) =>
        new(
            count,
            index =>
                lost.Contains(index)
                    ? throw new ImageException($"image {index} is lost")
                    : new Sample(index, new RgbImage(4, 4, new byte[48]), 4, 4, [], []),
            wait =>
            {
                waits.Add(wait);
                afterWait?.Invoke();
            }
        );
}
