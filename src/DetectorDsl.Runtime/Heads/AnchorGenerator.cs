using System.Collections.Concurrent;

namespace DetectorDsl.Runtime.Heads;

/// <summary>Anchors at every place of every level: side = scale x stride, in several aspect ratios.</summary>
/// <remarks>Order: rows, columns, ratios, scales. Source: mmdetection, anchor_generator.py; with rounding: torchvision, anchor_utils.py.</remarks>
public sealed class AnchorGenerator
{
    // Images of many sizes come by in training, and a grid takes up to some megabytes.
    private const int MostGrids = 160;

    private readonly float[][] cells;
    private readonly ConcurrentDictionary<(int Level, int Height, int Width, int StrideY, int StrideX), float[]> grids = new();

    /// <summary>Fixes the anchors of a cell.</summary>
    /// <param name="scales">Sides in units of the level's stride.</param>
    /// <param name="ratios">Ratios height / width.</param>
    /// <param name="strides">Stride of each level in pixels.</param>
    /// <param name="roundToPixels">Whether corners are rounded to whole pixels, as torchvision does.</param>
    public AnchorGenerator(IReadOnlyList<double> scales, IReadOnlyList<double> ratios, IReadOnlyList<int> strides, bool roundToPixels = false)
    {
        ArgumentNullException.ThrowIfNull(scales);
        ArgumentNullException.ThrowIfNull(ratios);
        ArgumentNullException.ThrowIfNull(strides);
        Strides = strides;
        AnchorsPerCell = scales.Count * ratios.Count;
        cells = [.. strides.Select(stride => Cell(scales, ratios, stride, roundToPixels))];
    }

    /// <summary>Stride of each level in pixels.</summary>
    public IReadOnlyList<int> Strides { get; }

    /// <summary>Anchors at one place.</summary>
    public int AnchorsPerCell { get; }

    /// <summary>Anchors of a level.</summary>
    /// <param name="level">Index of the level.</param>
    /// <param name="height">Rows of its feature map.</param>
    /// <param name="width">Columns of its feature map.</param>
    /// <returns>(height x width x AnchorsPerCell) x 4 numbers; shared, not to be changed.</returns>
    public float[] Grid(int level, int height, int width) => Grid(level, height, width, Strides[level], Strides[level]);

    /// <summary>Anchors of a level whose stride follows from the image's size.</summary>
    /// <param name="level">Index of the level.</param>
    /// <param name="height">Rows of its feature map.</param>
    /// <param name="width">Columns of its feature map.</param>
    /// <param name="strideY">Pixels from row to row.</param>
    /// <param name="strideX">Pixels from column to column.</param>
    /// <returns>(height x width x AnchorsPerCell) x 4 numbers; shared, not to be changed.</returns>
    public float[] Grid(int level, int height, int width, int strideY, int strideX)
    {
        var key = (level, height, width, strideY, strideX);
        if (grids.TryGetValue(key, out var known))
        {
            return known;
        }

        if (grids.Count >= MostGrids)
        {
            grids.Clear();
        }

        return grids.GetOrAdd(key, Build(cells[level], height, width, strideY, strideX));
    }

    private static float[] Cell(IReadOnlyList<double> scales, IReadOnlyList<double> ratios, int stride, bool round)
    {
        var corners = new List<float>();
        foreach (var ratio in ratios)
        {
            var high = MathF.Sqrt((float)ratio);
            foreach (var scale in scales)
            {
                var (width, height) = ((float)(stride * scale) * (1 / high), (float)(stride * scale) * high);
                float[] box = [-width / 2, -height / 2, width / 2, height / 2];
                corners.AddRange(round ? box.Select(corner => MathF.Round(corner)) : box);
            }
        }

        return [.. corners];
    }

    private static float[] Build(float[] cell, int height, int width, int strideY, int strideX)
    {
        var grid = new float[height * width * cell.Length];
        var next = 0;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                for (var i = 0; i < cell.Length; i += 4)
                {
                    grid[next++] = cell[i] + (x * strideX);
                    grid[next++] = cell[i + 1] + (y * strideY);
                    grid[next++] = cell[i + 2] + (x * strideX);
                    grid[next++] = cell[i + 3] + (y * strideY);
                }
            }
        }

        return grid;
    }
}
