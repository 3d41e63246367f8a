using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Heads;

public sealed class DeltaBoxCoderTests
{
    [Fact]
    public void OffsetsByHand()
    {
        // Box 10 x 20 at centre (15, 20); target 20 x 10 at centre (20, 30): (5/10) / 0.1, (10/20) / 0.1, ln 2 / 0.2, -ln 2 / 0.2.
        var deltas = new double[4];
        new DeltaBoxCoder(0.1, 0.2).Encode<double>(new(10, 10, 20, 30), new(10, 25, 30, 35), deltas);
        Expect.Close([5, 5, 5 * Math.Log(2), -5 * Math.Log(2)], deltas, 1e-12, 0, "offsets");
    }

    [Fact]
    public void DecodingUndoesEncoding()
    {
        var coder = new DeltaBoxCoder(0.1, 0.2);
        var deltas = new double[4];
        for (var i = 0; i < 50; i++)
        {
            var numbers = Filling.Numbers(i, 8, 0, 100);
            var box = new Corners<double>(numbers[0], numbers[1], numbers[0] + numbers[2] + 5, numbers[1] + numbers[3] + 5);
            var target = new Corners<double>(numbers[4], numbers[5], numbers[4] + numbers[6] + 5, numbers[5] + numbers[7] + 5);
            coder.Encode(box, target, deltas);
            Expect.Close(Numbers(target), Numbers(coder.Decode<double>(box, deltas)), 1e-9, 0, $"box {i}");
        }
    }

    [Fact]
    public void GrowthIsLimited()
    {
        // |dw|, |dh| up to ln(1000 / 16): a box of 16 grows to 1000 at most, and shrinks to 16 * 16 / 1000.
        var decoded = new DeltaBoxCoder().Decode<double>(new(0, 0, 16, 16), [0, 0, 50, -50]);
        Expect.Close([8 - 500, 8 - 0.128, 8 + 500, 8 + 0.128], Numbers(decoded), 1e-9, 0, "box");
    }

    [Fact]
    public void BoxesStayWithinTheImage()
    {
        Corners<float> box = new(10, 10, 30, 30);
        Assert.Equal(new Corners<float>(0, 0, 40, 50), new DeltaBoxCoder().DecodeWithin(box, [0, 0, 3, 3], 50, 40));
        Assert.Equal(new Corners<float>(0, 10, 0, 30), new DeltaBoxCoder().DecodeWithin(box, [-9, 0, 0, 0], 50, 40));
    }

    [Theory]
    [InlineData(true, 1000 * 16.0 / 1000)]
    [InlineData(false, 1000 * 0.0024787521766663585)]
    public void ShrinkingIsLimitedOrNot(bool limited, double width)
    {
        // exp(-6) = 0.00248 is below 16 / 1000.
        var decoded = new DeltaBoxCoder(limitShrinking: limited).Decode<double>(new(0, 0, 1000, 1000), [0, 0, -6, 6]);
        Assert.Equal(width, decoded.Width, 1e-9);
        Assert.Equal(1000 * 1000 / 16.0, decoded.Height, 1e-9);
    }

    private static double[] Numbers(Corners<double> box) => [box.X1, box.Y1, box.X2, box.Y2];
}
