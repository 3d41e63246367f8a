using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Vectors;

public sealed class RoIAlignVectorTests
{
    [SkippableFact]
    public void ValuesAndGradientsAreThoseOfTorchvision()
    {
        var cases = ReferenceVectors.Cases("ops/roi_align.json");
        Assert.Equal(3, cases.Length);
        foreach (var item in cases)
        {
            foreach (var (type, tolerance) in new[] { (ScalarType.Float64, 1e-9), (ScalarType.Float32, 1e-4) })
            {
                foreach (var composed in new[] { false, true })
                {
                    using var scope = NewDisposeScope();
                    var what = $"{item.GetProperty("name").GetString()} {item.Whole("seed")} {type} {(composed ? "composed" : "kernel")}";
                    var features = Filling.Fill(item.Whole("seed"), item.Integers("features"), -1, 1, type).requires_grad_();
                    var rois = item.Matrix("rois", type);
                    var size = item.Shape("output_size");
                    var (scale, sampling, aligned) = (item.Real("spatial_scale"), item.Whole("sampling_ratio"), item.Truth("aligned"));
                    var output = composed
                        ? ComposedRoIAlign.Apply(features, rois, scale, new RoIAlignGeometry(size[0], size[1], sampling, aligned))
                        : RoIAlign.Apply(features, rois, size[0], size[1], scale, sampling, aligned);
                    Expect.Digest(item.GetProperty("output"), output, tolerance, tolerance, what);
                    Expect.Close(
                        item.Numbers("per_roi_sum"),
                        Expect.Values(output.sum([1, 2, 3])),
                        tolerance * 50,
                        tolerance,
                        $"{what}, sum of each region"
                    );
                    (output * Filling.Fill(item.Whole("seed") + 3, output.shape, -1, 1, type)).sum().backward();
                    Expect.Digest(item.GetProperty("grad_features"), features.grad!, tolerance, tolerance, $"{what}, gradient");
                }
            }
        }
    }

    [SkippableFact]
    public void PyramidValuesAndGradientsAreThoseOfTorchvision()
    {
        var cases = ReferenceVectors.Cases("ops/multiscale_roi_align.json");
        Assert.Single(cases);
        foreach (var item in cases)
        {
            using var scope = NewDisposeScope();
            var strides = item.Shape("strides");
            var image = item.GetProperty("images")[0].Numbers();
            Tensor[] maps =
            [
                .. strides.Select(
                    (stride, level) =>
                        Filling
                            .Fill(
                                item.Whole("seed") + level,
                                [2, item.Whole("channels"), (long)image[0] / stride, (long)image[1] / stride],
                                -1,
                                1
                            )
                            .requires_grad_()
                ),
            ];
            var rois = Rois(item.GetProperty("boxes").EnumerateArray().Select(boxes => boxes.Numbers()).ToArray());
            var align = new MultiLevelRoIAlign(item.Whole("output_size"), item.Whole("sampling_ratio"), aligned: false, strides);
            Assert.Equal(item.Shape("levels"), align.Levels(rois));
            var output = align.Extract(maps, rois);
            Expect.Digest(item.GetProperty("output"), output, 1e-9, 1e-9, "output");
            Expect.Close(item.Numbers("per_roi_sum"), Expect.Values(output.sum([1, 2, 3])), 1e-7, 1e-9, "sum of each region");
            (output * Filling.Fill(item.Whole("seed") + 12, output.shape, -1, 1)).sum().backward();
            var gradients = item.GetProperty("grads");
            for (var level = 0; level < maps.Length; level++)
            {
                Expect.Digest(gradients[level], maps[level].grad!, 1e-9, 1e-9, $"gradient of level {level}");
            }
        }
    }

    [SkippableFact]
    public void LevelsAreThoseOfTorchvision()
    {
        var cases = ReferenceVectors.Cases("ops/roi_levels.json");
        Assert.Single(cases);
        foreach (var item in cases)
        {
            using var scope = NewDisposeScope();
            Assert.Equal(item.Shape("levels"), new MultiLevelRoIAlign(7, 2, true, [4, 8, 16, 32]).Levels(Rois([item.Numbers("boxes")])));
        }
    }

    private static Tensor Rois(double[][] boxesOfImages)
    {
        double[] rows = [.. boxesOfImages.SelectMany((boxes, image) => boxes.Chunk(4).SelectMany(box => box.Prepend(image)))];
        return tensor(rows, [rows.Length / 5, 5]);
    }
}
