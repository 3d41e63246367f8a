using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Heads;

public sealed class DistanceBoxCoderTests
{
    [Theory]
    [InlineData(false, new float[] { 10, 8, 30, 4 })]
    [InlineData(true, new float[] { 1.25f, 1, 3.75f, 0.5f })]
    public void DistancesFromTheCentreOfTheCell_ThereAndBack(bool inStrides, float[] expected)
    {
        var coder = new DistanceBoxCoder(inStrides);
        Corners<float> cell = new(16, 8, 24, 16),
            box = new(10, 4, 50, 16);
        var distances = new float[4];
        coder.Encode(cell, box, distances);
        Assert.Equal(expected, distances);
        Assert.Equal(box, coder.DecodeWithin(cell, distances, 100, 100));
        Assert.Equal(new Corners<float>(10, 4, 40, 12), coder.DecodeWithin(cell, distances, 12, 40));
    }

    [Fact]
    public void BoxesAboutTheOrigin()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([-1, -2, 3, 4], Expect.Values(DistanceBoxCoder.AboutOrigin(tensor(new float[] { 1, 2, 3, 4 }, [1, 4]))));
    }
}
