using DetectorDsl.Detection.Anchors;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Heads;

public sealed class AnchorGeneratorTests
{
    [Fact]
    public void AnchorsOfACellByHand()
    {
        // Stride 4, scale 8: side 32. Ratio height / width 4: 16 x 64; ratio 1: 32 x 32; ratio 1/4: 64 x 16; all around the corner of the cell.
        var grid = new AnchorGenerator([8], [4, 1, 0.25], [4]).Grid(0, 1, 1);
        Assert.Equal([-8, -32, 8, 32, -16, -16, 16, 16, -32, -8, 32, 8], grid);
    }

    [Fact]
    public void OrderIsRowsColumnsRatiosScales()
    {
        var generator = new AnchorGenerator([1, 2], [1, 4], [8]);
        Assert.Equal(4, generator.AnchorsPerCell);
        var grid = generator.Grid(0, 2, 3);
        Assert.Equal(2 * 3 * 4, grid.Count);
        Boxes Anchor(int index) => grid.Slice(index, 1);

        // Ratio 1: sides 8 and 16; ratio 4: 4 x 16 and 8 x 32.
        Assert.Equal([-4, -4, 4, 4], Anchor(0));
        Assert.Equal([-8, -8, 8, 8], Anchor(1));
        Assert.Equal([-2, -8, 2, 8], Anchor(2));
        Assert.Equal([-4, -16, 4, 16], Anchor(3));

        // Next column, then next row.
        Assert.Equal([4, -4, 12, 4], Anchor(4));
        Assert.Equal([-4, 4, 4, 12], Anchor(12));
    }

    [Fact]
    public void SidesAreCutToWholePixelsWhereAsked()
    {
        // 8 x 4 x 2^(1/3) = 40.3, of which torchvision makes 40; 10 x 4.1 falls short of 41 by rounding alone.
        Assert.Equal([-20, -20, 20, 20], new AnchorGenerator([4 * Math.Cbrt(2)], [1], [8], wholePixels: true).Grid(0, 1, 1));
        Assert.Equal([-20, -20, 20, 20], new AnchorGenerator([4.1], [1], [10], wholePixels: true).Grid(0, 1, 1));
    }

    [Fact]
    public void StridesFollowTheImage_WhereAsked()
    {
        using var scope = NewDisposeScope();
        Tensor[] pyramid = [zeros(1, 1, 1, 2), zeros(1, 1, 1, 1)];
        var images = zeros(1, 3, 40, 50);

        // Two cells across 50 pixels are 25 apart, not 32.
        Assert.Equal(25, new AnchorGenerator([1], [1], [32, 64], fittedStrides: true).Of(pyramid, images)[0][1].X1 + 16);
        Assert.Equal(32, new AnchorGenerator([1], [1], [32, 64]).Of(pyramid, images)[0][1].X1 + 16);
        Assert.Equal([-32, -32, 32, 32], new AnchorGenerator([1], [1], [32, 64]).Of(pyramid, images)[1]);
    }

    [Fact]
    public void TheFirstCentre_LiesWhereAsked() =>
        Assert.Equal([0, 0, 8, 8, 8, 0, 16, 8], new AnchorGenerator([1], [1], [8], centreOffset: 0.5).Grid(0, 1, 2));

    [Fact]
    public void CornersAreRoundedToEvenWhereAsked()
    {
        // Side 5: corners -2.5, 2.5 become -2, 2 (half to even, as torch rounds).
        Assert.Equal([-2, -2, 2, 2], new AnchorGenerator([5], [1], [1], wholePixels: true).Grid(0, 1, 1));
        Assert.Equal([-2.5f, -2.5f, 2.5f, 2.5f], new AnchorGenerator([5], [1], [1]).Grid(0, 1, 1));
    }

    [Fact]
    public void ManyImageSizes_DoNotFillTheMemory()
    {
        var generator = new AnchorGenerator([8], [1], [4]);
        var first = generator.Grid(0, 3, 3);
        Assert.Same(first, generator.Grid(0, 3, 3));
        for (var width = 1; width <= 400; width++)
        {
            generator.Grid(0, 1, width);
        }

        var again = generator.Grid(0, 3, 3);
        Assert.NotSame(first, again);
        Assert.Equal(first, again);
        Assert.Same(again, generator.Grid(0, 3, 3));
    }
}
