using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Layers;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Gpu;

public sealed class OperatorTests
{
    private const double Tolerance = 1e-9;

    [SkippableTheory]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(0, false)]
    public void RoIAlignIsTheSame(int sampling, bool aligned)
    {
        BothDevices.Need();
        using var scope = NewDisposeScope();

        // Every level has some.
        var rois = tensor(
            new double[]
            {
                0,
                3,
                4,
                19,
                16,
                1,
                0,
                5,
                38,
                40,
                1,
                -9,
                -5,
                90,
                70,
                1,
                20,
                20,
                21,
                22,
                0,
                200,
                200,
                220,
                240,
                0,
                5,
                30,
                45,
                60,
            },
            [6, 5]
        );
        var align = new MultiLevelRoIAlign(5, sampling, aligned, [4, 8, 16], finestScale: 16);
        BothDevices.Agree(
            "pyramid",
            maps => align.Extract(maps, rois.to(maps[0].device)),
            Tolerance,
            Map(1, 16, 20),
            Map(2, 8, 10),
            Map(3, 4, 5)
        );
        BothDevices.Agree(
            "one level",
            maps => RoIAlign.Apply(maps[0], rois.to(maps[0].device), 3, 4, 0.25, sampling, aligned),
            Tolerance,
            Map(4, 16, 20)
        );
        Assert.Equal(
            [0, 6, 5, 5],
            align.Extract([.. new[] { Map(5, 16, 20), Map(6, 8, 10), Map(7, 4, 5) }.Select(map => map.cuda())], zeros([0, 5]).cuda()).shape
        );

        static Tensor Map(int seed, int height, int width) => Filling.Fill(seed, [2, 6, height, width], -1, 1);
    }

    [SkippableFact]
    public void ReassemblyIsTheSame()
    {
        BothDevices.Need();
        using var scope = NewDisposeScope();
        BothDevices.Agree(
            "CARAFE",
            inputs =>
                CarafeReassembly.Apply(
                    MemoryOrder.ChannelsLast(inputs[0]),
                    MemoryOrder.ChannelsLast(inputs[1]).softmax(1),
                    factor: 2,
                    kernel: 5
                ),
            Tolerance,
            Filling.Fill(1, [2, 8, 6, 7], -1, 1),
            Filling.Fill(2, [2, 25, 12, 14], -1, 1)
        );
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void DeformableConvolutionIsTheSame(bool masked)
    {
        BothDevices.Need();
        using var scope = NewDisposeScope();
        Tensor[] inputs =
        [
            Filling.Fill(1, [2, 8, 9, 11], -1, 1),
            Filling.Fill(2, [2, 18, 9, 11], -2, 2),
            Filling.Fill(3, [6, 8, 3, 3], -1, 1),
            Filling.Fill(4, [2, 9, 9, 11], 0, 1),
        ];
        BothDevices.Agree(
            "deformable",
            given =>
                DeformableConvolution.Apply(
                    MemoryOrder.ChannelsLast(given[0]),
                    MemoryOrder.ChannelsLast(given[1]),
                    masked ? MemoryOrder.ChannelsLast(given[3]) : null,
                    given[2],
                    padding: 1
                ),
            1e-7,
            masked ? inputs : inputs[..3]
        );
    }

    [SkippableFact]
    public void NormalizedLayersAreTheSame()
    {
        BothDevices.Need();
        using var scope = NewDisposeScope();
        using var linear = new NormalizedLinear(12, 7).to(ScalarType.Float64);
        using var convolution = new NormalizedConv2d(6, 5, 3).to(ScalarType.Float64);
        BothDevices.Agree("linear", inputs => linear.to(inputs[0].device).call(inputs[0]), Tolerance, Filling.Fill(1, [9, 12], -1, 1));
        BothDevices.Agree(
            "convolution",
            inputs => convolution.to(inputs[0].device).call(inputs[0]),
            Tolerance,
            Filling.Fill(2, [2, 6, 8, 8], -1, 1)
        );
    }

    [SkippableFact]
    public void WhatWorksOnTheHost_TakesInputsOfTheDevice()
    {
        BothDevices.Need();
        using var scope = NewDisposeScope();
        var corners = Filling.Fill(1, [40, 2], 0, 60, ScalarType.Float32);
        var boxes = cat([corners, corners + Filling.Fill(2, [40, 2], 5, 30, ScalarType.Float32)], 1);
        var scores = Filling.Fill(3, [40], 0, 1, ScalarType.Float32);
        Expect.Close(
            NonMaximumSuppression.Keep(boxes, scores, 0.3),
            NonMaximumSuppression.Keep(boxes.cuda(), scores.cuda(), 0.3),
            0,
            0,
            "suppression"
        );

        var masks = Filling.Fill(4, [3, 90, 90], 0, 1).gt(0.5).to(ScalarType.Byte);
        long[] matched = [.. Enumerable.Range(0, 40).Select(item => (long)item % 3)];
        var regions = boxes.data<float>().ToArray();
        Expect.Close(
            MaskTargets.Crop(masks, regions, matched, 14),
            MaskTargets.Crop(masks.cuda(), regions, matched, 14),
            0,
            0,
            "mask targets"
        );
    }
}
