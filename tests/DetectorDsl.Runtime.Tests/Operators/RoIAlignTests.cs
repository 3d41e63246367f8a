using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Operators;

public sealed class RoIAlignTests
{
    // Inside; over each border; wholly outside on either side; of no size; reversed; larger than the map; on the last pixel.
    private static readonly double[] Regions =
    [
        0,
        8.3,
        10.1,
        40.7,
        30.9,
        1,
        -12.5,
        -7,
        20,
        18,
        1,
        60,
        44,
        120,
        90,
        0,
        300,
        300,
        320,
        330,
        0,
        -200,
        -150,
        -100,
        -90,
        1,
        20,
        20,
        20,
        20,
        0,
        30,
        25,
        10,
        5,
        1,
        -50,
        -50,
        200,
        160,
        0,
        71.9,
        55.9,
        72,
        56,
    ];

    // The kernel's and one that is composed.
    private static readonly ScalarType[] Precisions = [ScalarType.Float32, ScalarType.BFloat16];

    [Fact]
    public void CellsAreMeansOfInterpolatedSamples()
    {
        using var scope = NewDisposeScope();

        // f(x, y) = 4 y + x, which interpolation gives exactly. Region 0..4 in four cells of side 2, shifted by half a pixel: one sample per
        // cell lies at 0.5 and 2.5 on each axis: 4 * 0.5 + 0.5 = 2.5, 4.5, 10.5, 12.5.
        var map = arange(16, dtype: ScalarType.Float32).view(1, 1, 4, 4);
        var roi = tensor(new float[] { 0, 0, 0, 4, 4 }, [1, 5]);
        Expect.Close([2.5, 4.5, 10.5, 12.5], Expect.Values(RoIAlign.Apply(map, roi, 2, 2, 1, 1, aligned: true)), 1e-6, 0, "aligned");

        // Without the shift the samples lie at 1 and 3: 5, 7, 13, 15. At 3 the last pixel stands for itself and its missing neighbour.
        Expect.Close([5, 7, 13, 15], Expect.Values(RoIAlign.Apply(map, roi, 2, 2, 1, 1, aligned: false)), 1e-6, 0, "not aligned");

        // Adaptive: two samples per cell and axis; the mean of a linear function over them is the value at the cell's centre.
        Expect.Close([2.5, 4.5, 10.5, 12.5], Expect.Values(RoIAlign.Apply(map, roi, 2, 2, 1, 0, aligned: true)), 1e-6, 0, "adaptive");
    }

    [Theory]
    [InlineData(true, 0, 5)]
    [InlineData(true, 2, 70)]
    [InlineData(true, 3, 1)]
    [InlineData(false, 0, 70)]
    [InlineData(false, 2, 5)]
    [InlineData(false, -1, 3)]
    public void KernelEqualsComposedForm(bool aligned, int sampling, int channels)
    {
        foreach (var (type, tolerance) in new[] { (ScalarType.Float64, 1e-12), (ScalarType.Float32, 1e-4) })
        {
            using var scope = NewDisposeScope();
            var geometry = new RoIAlignGeometry(3, 4, sampling, aligned);
            var rois = tensor(Regions, [Regions.Length / 5, 5]).to(type);
            var (first, second) = (
                Filling.Fill(1, [2, channels, 14, 18], -1, 1, type).requires_grad_(),
                Filling.Fill(1, [2, channels, 14, 18], -1, 1, type).requires_grad_()
            );
            var kernel = RoIAlign.Apply(first, rois, 3, 4, 0.25, sampling, aligned);
            var composed = ComposedRoIAlign.Apply(second, rois, 0.25, geometry);
            Expect.Close(composed, kernel, tolerance, tolerance, $"{type}");
            var weights = Filling.Fill(2, kernel.shape, -1, 1, type);
            (kernel * weights).sum().backward();
            (composed * weights).sum().backward();
            Expect.Close(second.grad!, first.grad!, tolerance * 10, tolerance, $"gradient, {type}");
        }
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 2)]
    [InlineData(false, 0)]
    [InlineData(false, 2)]
    public void GradientIsThatOfFiniteDifferences(bool aligned, int sampling)
    {
        var rois = tensor(new double[] { 0, -3, 2, 13, 14, 1, 1, 1, 30, 9, 1, 8, 8, 8, 8 }, [3, 5]);
        using var weights = Filling.Fill(3, [3, 2, 2, 3], -1, 1);
        Differences.Check(
            map => (RoIAlign.Apply(map, rois, 2, 3, 0.25, sampling, aligned) * weights).sum(),
            Filling.Numbers(4, 2 * 2 * 4 * 5, -1, 1),
            [2, 2, 4, 5],
            $"aligned {aligned}, sampling {sampling}"
        );
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void NoRegions_GiveNoCellsAndNoGradient(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var map = ones([2, 3, 8, 8], dtype: type).requires_grad_();
        var output = RoIAlign.Apply(map, zeros([0, 5], dtype: type), 7, 7, 0.25, 0, aligned: true);
        Assert.Equal([0, 3, 7, 7], output.shape);
        output.sum().backward();
        Assert.Equal(0, map.grad!.abs().sum().ToDouble());
        Assert.Equal(
            [0, 3, 7, 7],
            ComposedRoIAlign.Apply(map, zeros([0, 5], dtype: type), 0.25, new RoIAlignGeometry(7, 7, 0, true)).shape
        );
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    [InlineData(float.NaN)]
    public void RegionOfAnImageThatIsNotThere_IsRefused(float image)
    {
        using var scope = NewDisposeScope();
        foreach (var type in Precisions)
        {
            var rois = tensor(new float[] { 0, 0, 0, 4, 4, image, 0, 0, 4, 4 }, [2, 5]);
            var error = Assert.Throws<ArgumentOutOfRangeException>(() =>
                RoIAlign.Apply(ones([2, 3, 8, 8], dtype: type), rois, 7, 7, 0.25, 0, aligned: true)
            );
            Assert.Contains("Region 1", error.Message, StringComparison.Ordinal);
            Assert.Contains("2 images", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void EmptyMap_IsRefused()
    {
        using var scope = NewDisposeScope();
        Assert.All(Precisions, type =>
            Assert.Throws<ArgumentException>(() =>
                RoIAlign.Apply(ones([1, 3, 0, 8], dtype: type), tensor(new float[] { 0, 0, 0, 4, 4 }, [1, 5]), 7, 7, 0.25, 0, aligned: true)
            )
        );
    }

    [Fact]
    public void MapsThatDoNotLieRowByRow_GiveTheSame()
    {
        using var scope = NewDisposeScope();
        var map = Filling.Fill(5, [2, 6, 9, 11], -1, 1);
        var turned = map.transpose(2, 3).contiguous().transpose(2, 3);
        Assert.False(turned.is_contiguous());
        var rois = tensor(new double[] { 1, 2, 3, 30, 28 }, [1, 5]);
        Expect.Close(RoIAlign.Apply(map, rois, 3, 3, 0.25, 0, true), RoIAlign.Apply(turned, rois, 3, 3, 0.25, 0, true), 0, 0, "output");
    }

    // An image of 5,840 x 5,840 at stride 4. The memory is written at the last pixels only, so the system does not provide the rest.
    [Fact]
    public void MapsBeyondTwoGigabytes_AreReached()
    {
        using var scope = NewDisposeScope();
        var map = empty([1, 1460, 1460, 256]).permute(0, 3, 1, 2);
        map.narrow(2, 1450, 10).narrow(3, 1450, 10).fill_(3);
        var aligned = RoIAlign.Apply(map, tensor(new float[] { 0, 5812, 5812, 5836, 5836 }, [1, 5]), 2, 2, 0.25, 2, true);
        Assert.Equal([1, 256, 2, 2], aligned.shape);
        Expect.Close(Enumerable.Repeat(3.0, 1024).ToArray(), Expect.Values(aligned), 1e-6, 0, "cells");
    }
}
