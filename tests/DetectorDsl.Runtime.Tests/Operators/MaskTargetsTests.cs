using DetectorDsl.Annotations;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Operators;

public sealed class MaskTargetsTests
{
    [Theory]
    [InlineData(28, true, 0.5)]
    [InlineData(28, false, null)]
    [InlineData(1, true, null)]
    [InlineData(14, false, 0.5)]
    public void MasksAsRuns_GiveTheTargetsOfDrawnOnes_BitForBit(int size, bool aligned, double? threshold)
    {
        const int Height = 61;
        const int Width = 83;
        using var scope = NewDisposeScope();
        var random = new Random(size);
        RleMask[] masks =
        [
            .. Enumerable.Range(0, 9).Select(item => Polygon(random, item + 2, Height, Width)),
            RleMask.FromRuns(Height, Width, [Height * Width]),
            RleMask.FromRuns(Height, Width, [0, Height * Width]),
        ];
        var drawn = tensor(masks.SelectMany(mask => mask.ToBitmap()).ToArray(), [masks.Length, Height, Width]);
        Boxes boxes = [.. Enumerable.Range(0, 400).SelectMany(_ => Region(random, Height, Width))];
        long[] matched = [.. Enumerable.Range(0, 400).Select(_ => (long)random.Next(masks.Length))];

        var expected = MaskTargets.Crop(drawn, boxes, matched, size, aligned, threshold);
        Assert.Equal(Bits(expected), Bits(MaskTargets.Crop(masks, boxes, matched, size, aligned, threshold)));
        Assert.InRange(expected.sum().item<float>(), 1, expected.numel() - 1);
    }

    [Fact]
    public void NoRegions_GiveNoTargets()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([0, 2, 2], MaskTargets.Crop((RleMask[])[], [], [], 2).shape);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => MaskTargets.Crop((RleMask[])[], new float[4], [0], 2));
        Assert.Contains("masks of 0 objects", error.Message, StringComparison.Ordinal);
    }

    // The memory is never written but for the last mask, so the system does not provide it.
    [Fact]
    public void MasksBeyondTwoGigabytes_AreReached()
    {
        using var scope = NewDisposeScope();
        var masks = empty([2100, 1024, 1024], dtype: ScalarType.Byte);
        var last = masks[2099];
        last.zero_();
        last.narrow(0, 0, 25).fill_(1);
        var targets = MaskTargets.Crop(masks, [0, 0, 50, 50], [2099], 2);
        Expect.Close([1, 1, 0, 0], Expect.Values(targets), 0, 0, "targets");
    }

    private static int[] Bits(Tensor values) => [.. values.flatten().data<float>().ToArray().Select(BitConverter.SingleToInt32Bits)];

    private static RleMask Polygon(Random random, int corners, int height, int width) =>
        RleMask.FromPolygon(
            [
                .. Enumerable
                    .Range(0, corners)
                    .SelectMany(_ => new[] { (random.NextDouble() * (width + 20)) - 10, (random.NextDouble() * (height + 20)) - 10 }),
            ],
            height,
            width
        );

    // Within the image, beyond its edges, without any area, and turned round.
    private static float[] Region(Random random, int height, int width)
    {
        var (x, y) = ((float)(random.NextDouble() * (width + 30)) - 15, (float)(random.NextDouble() * (height + 30)) - 15);
        return random.Next(8) switch
        {
            0 => [x, y, x, y],
            1 => [x, y, x - 3, y - 5],
            2 => [MathF.Round(x), MathF.Round(y), MathF.Round(x) + 20, MathF.Round(y) + 30],
            _ => [x, y, x + (float)(random.NextDouble() * width), y + (float)(random.NextDouble() * height)],
        };
    }
}
