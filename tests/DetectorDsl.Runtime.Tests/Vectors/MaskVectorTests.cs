using DetectorDsl.Data.Augmentation;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Losses;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Vectors;

public sealed class MaskVectorTests
{
    [SkippableFact]
    public void PastedMasksAreThoseOfTorchvision()
    {
        var cases = ReferenceVectors.Cases("ops/paste_masks.json");
        Assert.Single(cases);
        foreach (var item in cases)
        {
            var (image, size, boxes) = (item.Shape("image"), item.Whole("mask_size"), (Boxes)item.Singles("boxes"));
            var results = item.GetProperty("results");
            var count = results.GetArrayLength();
            Assert.Equal(boxes.Count, count);
            var masks = Masks(item.Whole("seed"), count, size);
            var all = new float[count, image[0], image[1]];
            for (var i = 0; i < count; i++)
            {
                var region = MaskPasting.PasteWidened(
                    masks.AsSpan(i * size * size, size * size),
                    size,
                    boxes.In<float>()[i],
                    image[0],
                    image[1]
                );
                for (var at = 0; at < region.Values.Length; at++)
                {
                    all[i, region.Y + (at / region.Width), region.X + (at % region.Width)] = region.Values[at];
                }

                Expect.Close(results[i].Real("sum"), region.Values.Sum(value => (double)value), 0, 1e-4, $"sum of mask {i}");
                Expect.Close(
                    results[i].Real("sum_sq"),
                    region.Values.Sum(value => (double)value * value),
                    0,
                    1e-4,
                    $"sum of squares of mask {i}"
                );
                var mask = region.ToMask(0.5, image[0], image[1]);
                Assert.InRange(mask.Area, results[i].Whole("area_at_half") - 2, results[i].Whole("area_at_half") + 2);
                var bounds = results[i].Numbers("bounds");
                var found = mask.Bounds;
                Expect.Close(
                    bounds,
                    [found.X, found.Y, found.X + found.Width - 1, found.Y + found.Height - 1],
                    1,
                    0,
                    $"bounds of mask {i}"
                );
            }

            using var pasted = tensor(all.Cast<float>().ToArray(), [count, 1, image[0], image[1]]);
            Expect.Digest(item.GetProperty("all"), pasted, 1e-4, 1e-4, "all masks");
        }
    }

    [SkippableFact]
    public void TargetsAndLossAreThoseOfTorchvision()
    {
        var cases = ReferenceVectors.Cases("ops/mask_targets.json");
        Assert.Single(cases);
        foreach (var item in cases)
        {
            using var scope = NewDisposeScope();
            var image = item.Shape("image");
            using var masks = Ellipses(image[0], image[1]);
            var matched = item.Integers("matched");
            var targets = MaskTargets.Crop(masks, item.Singles("boxes"), matched, 28, aligned: false, threshold: null);
            Expect.Digest(item.GetProperty("targets"), targets, 1e-4, 1e-4, "targets");
            Expect.Close(item.Numbers("target_sums"), Expect.Values(targets.sum([1, 2])), 1e-3, 1e-4, "sums of targets");
            var given = item.GetProperty("logits");
            var logits = Filling
                .Fill(given.Whole("seed"), given.Integers("shape"), given.Real("lo"), given.Real("hi"), ScalarType.Float32)
                .requires_grad_();
            var labels = tensor(item.Integers("gt_labels")).index_select(0, tensor(matched));
            var loss = new MaskBinaryCrossEntropyLoss().forward(logits, labels, targets);
            Expect.Close(item.Real("loss"), loss.item<float>(), 0, 1e-4, "loss");
            loss.backward();
            Expect.Digest(item.GetProperty("grad"), logits.grad!, 1e-7, 1e-4, "gradient");
        }
    }

    [SkippableFact]
    public void SizesAndBoxesAreThoseOfTorchvision()
    {
        var cases = ReferenceVectors.Cases("ops/resize.json");
        Assert.Equal(2, cases.Length);
        foreach (var item in cases)
        {
            using var scope = NewDisposeScope();
            var input = item.Shape("input");
            var (height, width) = Resize.FitCut(input[0], input[1], item.Whole("min_size"), item.Whole("max_size"));
            Assert.Equal(item.Shape("output"), new[] { height, width });
            double[] scaled =
            [
                .. item.Numbers("boxes_in").Select((corner, i) => i % 2 == 0 ? corner * width / input[1] : corner * height / input[0]),
            ];
            Expect.Close(item.Numbers("boxes_out"), scaled, 1e-3, 0, "boxes");
        }
    }

    private static float[] Masks(int seed, int count, int size)
    {
        var noise = Filling.Numbers(seed, (long)count * size * size, -1.5, 1.5);
        var masks = new float[noise.Length];
        for (var i = 0; i < masks.Length; i++)
        {
            var (y, x) = ((2.0 * (i / size % size) / (size - 1)) - 1, (2.0 * (i % size) / (size - 1)) - 1);
            masks[i] = (float)(1 / (1 + Math.Exp(-((6 * (0.8 - Math.Sqrt((x * x) + (y * y)))) + noise[i]))));
        }

        return masks;
    }

    private static Tensor Ellipses(int height, int width)
    {
        var pixels = new byte[3 * height * width];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (k, y, x) = (i / (height * width), i / width % height, i % width);
            var (dx, dy) = ((x - 20.0 - (15 * k)) / (9 + (3 * k)), (y - 25.0 - (4 * k)) / (12 + (2 * k)));
            pixels[i] = (dx * dx) + (dy * dy) <= 1 ? (byte)1 : (byte)0;
        }

        return tensor(pixels, [3, height, width]);
    }
}
