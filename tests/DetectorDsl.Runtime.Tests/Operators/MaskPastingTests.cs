using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Operators;

public sealed class MaskPastingTests
{
    [Fact]
    public void MaskOfTheBoxesOwnSize_IsCopied()
    {
        float[] mask = [0.1f, 0.2f, 0.3f, 0.4f];
        var region = MaskPasting.Paste(mask, 2, new(3, 5, 5, 7), 20, 20);
        Assert.Equal((3, 5, 2, 2), (region.X, region.Y, region.Width, region.Height));
        Assert.Equal(mask, region.Values);
    }

    [Fact]
    public void EnlargedMask_IsInterpolatedAndFadesAtItsBorder()
    {
        // One row of mask 1, 0 over four pixels: pixel centres 0.5..3.5 lie at (0.5 / 4) * 2 - 0.5 = -0.25, 0.25, 0.75, 1.25 of the mask.
        // Across: 0.75, 0.75, 0.25, 0 (beyond the mask is 0); down likewise with both rows equal: 0.75, 1, 1, 0.75.
        var region = MaskPasting.Paste([1, 0, 1, 0], 2, new(0, 0, 4, 4), 4, 4);
        double[] across = [0.75, 0.75, 0.25, 0];
        double[] down = [0.75, 1, 1, 0.75];
        Expect.Close(
            [.. down.SelectMany(y => across.Select(x => x * y))],
            [.. region.Values.Select(value => (double)value)],
            1e-6,
            0,
            "values"
        );
    }

    [Fact]
    public void PartsBeyondTheImage_AreCutOff()
    {
        var region = MaskPasting.Paste([1, 1, 1, 1], 2, new(-4, -4, 4, 4), 6, 3);
        Assert.Equal((0, 0, 3, 4), (region.X, region.Y, region.Width, region.Height));

        // Pixels 0, 1, 2 lie at 0.625, 0.875, 1.125 of the mask, so they hold 1, 1, 0.875; the fourth row, at 1.375, 0.625 of that.
        Assert.Equal(12, region.ToMask(0.54, 6, 3).Area);
        Assert.Equal(4, region.ToMask(0.99, 6, 3).Area);
    }

    [Theory]
    [InlineData(30, 30, 40, 40)]
    [InlineData(-9, -9, -3, -3)]
    [InlineData(4, 4, 4, 4)]
    [InlineData(6, 6, 2, 2)]
    [InlineData(float.NaN, 0, 4, 4)]
    [InlineData(float.NegativeInfinity, 0, float.PositiveInfinity, 4)]
    public void OddBoxes_GiveNoPixels(float x1, float y1, float x2, float y2)
    {
        float[] mask = new float[28 * 28];
        Array.Fill(mask, 1f);
        Assert.Equal(0, MaskPasting.Paste(mask, 28, new(x1, y1, x2, y2), 20, 20).ToMask(0.5, 20, 20).Area);
    }

    [Fact]
    public void TargetsAreTheMaskUnderTheBox()
    {
        using var scope = NewDisposeScope();

        // Left half of an 8 x 8 image, twice; a box over it all, one over the left part, one of the second object shifted by two pixels.
        var masks = cat([ones(2, 8, 4), zeros(2, 8, 4)], 2).to(ScalarType.Byte);
        var targets = MaskTargets.Crop(masks, [0, 0, 8, 8, 0, 0, 4, 8, 2, 0, 6, 8], [0, 0, 1], 2);
        Expect.Close([1, 0, 1, 0, 1, 1, 1, 1, 1, 0, 1, 0], Expect.Values(targets), 0, 0, "targets");
        Assert.Equal([0, 2, 2], MaskTargets.Crop(masks, [], [], 2).shape);
    }

    [Fact]
    public void TargetsOfAnObjectThatIsNotThere_AreRefused()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentOutOfRangeException>(() =>
            MaskTargets.Crop(zeros([2, 8, 8], dtype: ScalarType.Byte), new float[4], [2], 2)
        );
        Assert.Contains("object 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AveragesAreKeptWithoutAThreshold()
    {
        using var scope = NewDisposeScope();

        // Half of each pixel column: a cell over columns 3 and 4 of the mask (1 at 3, 0 at 4) averages its two samples.
        var masks = cat([ones(1, 8, 4), zeros(1, 8, 4)], 2).to(ScalarType.Byte);
        var targets = MaskTargets.Crop(masks, [3, 0, 5, 2], [0], 1, threshold: null);
        Expect.Close([0.5], Expect.Values(targets), 1e-6, 0, "target");

        // Half belongs to the object.
        Expect.Close([1], Expect.Values(MaskTargets.Crop(masks, [3, 0, 5, 2], [0], 1)), 0, 0, "whole target");
    }
}
