using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Operators;

public sealed class MultiLevelRoIAlignTests
{
    private static readonly int[] Strides = [4, 8, 16, 32];

    [Fact]
    public void LevelsChangeAtDoublesOfTheFinestScale()
    {
        using var scope = NewDisposeScope();

        // floor(log2(side / 56 + 1e-6)): below 112 the finest, from 112, 224 and 448 the next ones, never more than there are.
        float[] sides = [0, 10, 55, 111.9f, 112, 223.9f, 224, 447, 448, 5000];
        float[] rows = [.. sides.SelectMany(side => new[] { 0, 10, 20, 10 + side, 20 + side })];
        Assert.Equal([0, 0, 0, 0, 1, 1, 2, 2, 3, 3], new MultiLevelRoIAlign(7, 0, true, Strides).Levels(tensor(rows, [sides.Length, 5])));
    }

    [Fact]
    public void EachRegionComesFromItsLevel()
    {
        using var scope = NewDisposeScope();
        var rois = tensor(
            new double[] { 0, 3, 4, 300, 200, 1, 5, 5, 40, 50, 0, 0, 0, 320, 256, 1, 100, 90, 260, 210, 1, 30, 40, 20, 20 },
            [5, 5]
        );
        var align = new MultiLevelRoIAlign(5, 0, true, Strides);
        Assert.Equal([2, 0, 2, 1, 0], align.Levels(rois));
        Tensor[] maps = [.. Maps(8), ones([2, 8, 4, 5], dtype: ScalarType.Float64)];
        var output = align.Extract(maps, rois);
        var weights = Filling.Fill(20, output.shape, -1, 1);
        (output * weights).sum().backward();
        Tensor[] copies = Maps(8);
        var row = 0;
        foreach (var level in align.Levels(rois))
        {
            var alone = RoIAlign.Apply(copies[level], rois.narrow(0, row, 1), 5, 5, 1.0 / Strides[level], 0, aligned: true);
            Expect.Close(alone, output.narrow(0, row, 1), 1e-13, 0, $"region {row}");
            (alone * weights.narrow(0, row, 1)).sum().backward();
            row++;
        }

        for (var level = 0; level < 3; level++)
        {
            Expect.Close(copies[level].grad!, maps[level].grad!, 1e-12, 0, $"gradient of level {level}");
        }

        Assert.Equal(0, maps[3].grad!.abs().sum().ToDouble());
    }

    [Fact]
    public void ComposedFormEqualsTheKernel()
    {
        using var scope = NewDisposeScope();
        var rois = tensor(
            new double[]
            {
                1,
                3,
                4,
                300,
                200,
                1,
                5,
                5,
                40,
                50,
                0,
                0,
                0,
                320,
                256,
                1,
                100,
                90,
                260,
                210,
                0,
                30,
                40,
                20,
                20,
                0,
                900,
                900,
                990,
                980,
            },
            [6, 5]
        );
        var align = new MultiLevelRoIAlign(5, 0, true, Strides);
        var (maps, copies) = (Maps(8), Maps(8));
        var kernel = align.Extract(maps, rois);
        var composed = ComposedRoIAlign.Apply(
            copies,
            RoiRows.Of(rois),
            align.Levels(rois),
            [.. Strides.Select(stride => 1.0 / stride)],
            new RoIAlignGeometry(5, 5, 0, true)
        );
        Expect.Close(kernel, composed, 1e-12, 0, "cells");
        var weights = Filling.Fill(20, kernel.shape, -1, 1);
        (kernel * weights).sum().backward();
        (composed * weights).sum().backward();
        for (var level = 0; level < maps.Length; level++)
        {
            Expect.Close(maps[level].grad!, copies[level].grad!, 1e-12, 0, $"gradient of level {level}");
        }
    }

    [Fact]
    public void ComposedFormOfOtherPrecisions_IsNearTheKernel()
    {
        using var scope = NewDisposeScope();
        var rois = tensor(new float[] { 0, 3, 4, 300, 200, 1, 5, 5, 40, 50, 0, 0, 0, 320, 256, 1, 100, 90, 260, 210 }, [4, 5]);
        var align = new MultiLevelRoIAlign(5, 2, true, Strides);
        Tensor[] maps = [.. Maps(3).Select(map => map.detach().to(ScalarType.BFloat16))];
        var composed = align.Extract(maps, rois);
        var kernel = align.Extract([.. maps.Select(map => map.to(ScalarType.Float32))], rois);

        // bfloat16 holds 8 binary digits.
        Assert.Equal(ScalarType.BFloat16, composed.dtype);
        Expect.Close(kernel, composed, 0.03, 0, "composed");
    }

    [Fact]
    public void NoRegions_GiveNoCells()
    {
        using var scope = NewDisposeScope();
        var align = new MultiLevelRoIAlign(7, 0, true, Strides);
        Assert.Equal([0, 3, 7, 7], align.Extract(Maps(3), zeros(0, 5)).shape);
        Assert.Equal([0, 3, 7, 7], align.Extract([.. Maps(3).Select(map => map.to(ScalarType.BFloat16))], zeros(0, 5)).shape);
    }

    [Fact]
    public void TooFewLevels_AreRefused()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentException>(() => new MultiLevelRoIAlign(7, 0, true, Strides).Extract(Maps(3)[..2], zeros(1, 5)));
        Assert.Contains("4 levels", error.Message, StringComparison.Ordinal);
    }

    private static Tensor[] Maps(int channels) =>
        [.. Strides.Select((stride, level) => Filling.Fill(10 + level, [2, channels, 256 / stride, 320 / stride], -1, 1).requires_grad_())];
}
