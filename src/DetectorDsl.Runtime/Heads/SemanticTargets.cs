using DetectorDsl.Runtime.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Heads;

/// <summary>What a semantic branch is trained towards: the class of every cell, from the objects' own masks.</summary>
/// <remarks>
/// A cell has the class of the object at its first pixel, of the smallest one where several overlap, and background (C) where there is none. Crowds and the
/// padding are <see cref="Ignored" />. Picking the first pixel is nearest-neighbour scaling as mmdetection's SegRescale does it.
/// </remarks>
public static class SemanticTargets
{
    /// <summary>Mark of a cell that no loss sees.</summary>
    public const long Ignored = -1;

    /// <summary>Classes of the cells.</summary>
    /// <param name="truths">Objects of the N images, with masks.</param>
    /// <param name="shapes">Sizes of the N images.</param>
    /// <param name="logits">N x (C + 1) x h x w logits, for which the targets are.</param>
    /// <param name="stride">Pixels of the image per cell.</param>
    /// <returns>N x h x w classes, 0 to C, or <see cref="Ignored" />; on the device of the logits.</returns>
    /// <exception cref="InvalidOperationException">Objects have no masks.</exception>
    public static Tensor Of(IReadOnlyList<GroundTruth> truths, IReadOnlyList<ImageShape> shapes, Tensor logits, int stride)
    {
        ArgumentNullException.ThrowIfNull(truths);
        ArgumentNullException.ThrowIfNull(shapes);
        ArgumentNullException.ThrowIfNull(logits);
        var (height, width) = ((int)logits.shape[2], (int)logits.shape[3]);
        var cells = new long[truths.Count * height * width];
        for (var image = 0; image < truths.Count; image++)
        {
            Paint(truths[image], shapes[image], cells.AsSpan(image * height * width, height * width), width, stride, background: logits.shape[1] - 1);
        }

        return tensor(cells, [truths.Count, height, width], device: logits.device);
    }

    private static void Paint(GroundTruth truth, ImageShape shape, Span<long> cells, int width, int stride, long background)
    {
        var (rows, columns) = (Math.Min(cells.Length / width, (shape.Height + stride - 1) / stride), Math.Min(width, (shape.Width + stride - 1) / stride));
        cells.Fill(Ignored);
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                cells[(y * width) + x] = IsIgnored(truth.IgnoredBoxes, x * stride, y * stride) ? Ignored : background;
            }
        }

        if (truth.Count == 0)
        {
            return;
        }

        using var scope = NewDisposeScope();
        var masks = truth.Masks ?? throw new InvalidOperationException("A semantic branch needs objects with masks, and an image's objects have none.");
        var (maskHeight, maskWidth) = ((int)masks.shape[1], (int)masks.shape[2]);
        var pixels = CpuMemory.Span<byte>(CpuMemory.Contiguous(masks, ScalarType.Byte));
        var covered = new List<int>[truth.Count];
        for (var item = 0; item < covered.Length; item++)
        {
            covered[item] = [];
            for (var y = 0; y < rows && y * stride < maskHeight; y++)
            {
                for (var x = 0; x < columns && x * stride < maskWidth; x++)
                {
                    if (pixels[(((item * maskHeight) + (y * stride)) * maskWidth) + (x * stride)] != 0)
                    {
                        covered[item].Add((y * width) + x);
                    }
                }
            }
        }

        foreach (var item in Enumerable.Range(0, covered.Length).OrderByDescending(item => covered[item].Count))
        {
            foreach (var cell in covered[item])
            {
                cells[cell] = truth.Labels[item];
            }
        }
    }

    private static bool IsIgnored(float[] boxes, int x, int y)
    {
        for (var i = 0; i < boxes.Length; i += 4)
        {
            if (x >= boxes[i] && y >= boxes[i + 1] && x < boxes[i + 2] && y < boxes[i + 3])
            {
                return true;
            }
        }

        return false;
    }
}
