using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Runtime.Tests.Support;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Heads;

public sealed class DeltaBoxCoderTests
{
    [Fact]
    public void OffsetsByHand()
    {
        // Box 10 x 20 at centre (15, 20); target 20 x 10 at centre (20, 30): (5/10) / 0.1, (10/20) / 0.1, ln 2 / 0.2, -ln 2 / 0.2.
        var deltas = new double[4];
        new DeltaBoxCoder(0.1, 0.2).Encode<double>([10, 10, 20, 30], [10, 25, 30, 35], deltas);
        Expect.Close([5, 5, 5 * Math.Log(2), -5 * Math.Log(2)], deltas, 1e-12, 0, "offsets");
    }

    [Fact]
    public void DecodingUndoesEncoding()
    {
        var coder = new DeltaBoxCoder(0.1, 0.2);
        var (deltas, decoded) = (new double[4], new double[4]);
        for (var i = 0; i < 50; i++)
        {
            var numbers = Filling.Numbers(i, 8, 0, 100);
            double[] box = [numbers[0], numbers[1], numbers[0] + numbers[2] + 5, numbers[1] + numbers[3] + 5];
            double[] target = [numbers[4], numbers[5], numbers[4] + numbers[6] + 5, numbers[5] + numbers[7] + 5];
            coder.Encode<double>(box, target, deltas);
            coder.Decode<double>(box, deltas, decoded);
            Expect.Close(target, decoded, 1e-9, 0, $"box {i}");
        }
    }

    [Fact]
    public void GrowthIsLimited()
    {
        // |dw|, |dh| up to ln(1000 / 16): a box of 16 grows to 1000 at most, and shrinks to 16 * 16 / 1000.
        var decoded = new double[4];
        new DeltaBoxCoder().Decode<double>([0, 0, 16, 16], [0, 0, 50, -50], decoded);
        Expect.Close([8 - 500, 8 - 0.128, 8 + 500, 8 + 0.128], decoded, 1e-9, 0, "box");
    }

    [Fact]
    public void BoxesStayWithinTheImage()
    {
        var decoded = new float[4];
        new DeltaBoxCoder().DecodeWithin([10, 10, 30, 30], [0, 0, 3, 3], 50, 40, decoded);
        Assert.Equal([0, 0, 40, 50], decoded);
        new DeltaBoxCoder().DecodeWithin([10, 10, 30, 30], [-9, 0, 0, 0], 50, 40, decoded);
        Assert.Equal([0, 10, 0, 30], decoded);
    }

    [Theory]
    [InlineData(true, 1000 * 16.0 / 1000)]
    [InlineData(false, 1000 * 0.0024787521766663585)]
    public void ShrinkingIsLimitedOrNot(bool limited, double width)
    {
        // exp(-6) = 0.00248 is below 16 / 1000.
        var decoded = new double[4];
        new DeltaBoxCoder(limitShrinking: limited).Decode<double>([0, 0, 1000, 1000], [0, 0, -6, 6], decoded);
        Assert.Equal(width, decoded[2] - decoded[0], 1e-9);
        Assert.Equal(1000 * 1000 / 16.0, decoded[3] - decoded[1], 1e-9);
    }
}
