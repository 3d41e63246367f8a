using DetectorDsl.Annotations;
using DetectorDsl.Structures;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

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
            Paint(
                truths[image],
                shapes[image],
                cells.AsSpan(image * height * width, height * width),
                width,
                stride,
                background: logits.shape[1] - 1
            );
        }

        return tensor(cells, [truths.Count, height, width], device: logits.device);
    }

    private static void Paint(GroundTruth truth, ImageShape shape, Span<long> cells, int width, int stride, long background)
    {
        var (rows, columns) = (
            Math.Min(cells.Length / width, (shape.Height + stride - 1) / stride),
            Math.Min(width, (shape.Width + stride - 1) / stride)
        );
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

        var masks = truth.Masks
            ?? throw new InvalidOperationException("A semantic branch needs objects with masks, and an image's objects have none.");
        List<int>[] covered = [.. masks.Select(mask => Covered(mask, rows, columns, width, stride))];
        foreach (var item in Enumerable.Range(0, covered.Length).OrderByDescending(item => covered[item].Count))
        {
            foreach (var cell in covered[item])
            {
                cells[cell] = truth.Labels[item];
            }
        }
    }

    // The cells whose first pixel belongs to a mask, by its runs down the columns.
    private static List<int> Covered(RleMask mask, int rows, int columns, int width, int stride)
    {
        var cells = new List<int>();
        var position = 0L;
        for (var i = 0; i < mask.Runs.Length; position += mask.Runs[i++])
        {
            for (var (first, end) = (position, position + mask.Runs[i]); i % 2 == 1 && first < end; )
            {
                var column = first / mask.Height;
                var last = Math.Min(end, (column + 1) * mask.Height);
                if (column % stride == 0 && column / stride < columns)
                {
                    AddRows((int)(column / stride), first - (column * mask.Height), last - (column * mask.Height));
                }

                first = last;
            }
        }

        return cells;

        void AddRows(int x, long top, long bottom)
        {
            for (var y = (top + stride - 1) / stride; y < rows && y * stride < bottom; y++)
            {
                cells.Add((int)(y * width) + x);
            }
        }
    }

    private static bool IsIgnored(Boxes boxes, int x, int y)
    {
        foreach (var box in boxes.In<float>())
        {
            if (x >= box.X1 && y >= box.Y1 && x < box.X2 && y < box.Y2)
            {
                return true;
            }
        }

        return false;
    }
}
