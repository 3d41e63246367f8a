using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Runtime.Tests.Support;
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
        float[] cell = [16, 8, 24, 16],
            box = [10, 4, 50, 16],
            distances = new float[4],
            decoded = new float[4];
        coder.Encode(cell, box, distances);
        Assert.Equal(expected, distances);
        coder.DecodeWithin(cell, distances, 100, 100, decoded);
        Assert.Equal(box, decoded);
        coder.DecodeWithin(cell, distances, 12, 40, decoded);
        Assert.Equal([10, 4, 40, 12], decoded);
    }

    [Fact]
    public void BoxesAboutTheOrigin()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([-1, -2, 3, 4], Expect.Values(DistanceBoxCoder.AboutOrigin(tensor(new float[] { 1, 2, 3, 4 }, [1, 4]))));
    }
}
