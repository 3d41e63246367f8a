using System.Collections.Concurrent;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Heads;

/// <summary>Anchors at every place of every level: side = scale x stride, in several aspect ratios.</summary>
/// <remarks>Order: rows, columns, ratios, scales. Source: mmdetection, anchor_generator.py; whole pixels and fitted strides: torchvision, anchor_utils.py.</remarks>
public sealed class AnchorGenerator
{
    // Images of many sizes come by in training, and a grid takes up to some megabytes.
    private const int MostGrids = 160;

    // Stride x scale falls short of a whole number by rounding at times.
    private const double Slack = 1e-6;

    private readonly float[][] cells;
    private readonly bool fittedStrides;
    private readonly double centreOffset;
    private readonly ConcurrentDictionary<(int Level, int Height, int Width, int StrideY, int StrideX), float[]> grids = new();

    /// <summary>Fixes the anchors of a cell.</summary>
    /// <param name="scales">Sides in units of the level's stride.</param>
    /// <param name="ratios">Ratios height / width.</param>
    /// <param name="strides">Stride of each level in pixels.</param>
    /// <param name="wholePixels">Whether sides are cut to whole pixels and corners rounded to them.</param>
    /// <param name="fittedStrides">Whether anchors of a pyramid are as far apart as the images' size over the map's, rounded down.</param>
    /// <param name="centreOffset">Place of the first anchor's centre in units of the stride.</param>
    public AnchorGenerator(
        IReadOnlyList<double> scales, IReadOnlyList<double> ratios, IReadOnlyList<int> strides, bool wholePixels = false, bool fittedStrides = false, double centreOffset = 0)
    {
        ArgumentNullException.ThrowIfNull(scales);
        ArgumentNullException.ThrowIfNull(ratios);
        ArgumentNullException.ThrowIfNull(strides);
        Strides = strides;
        AnchorsPerCell = scales.Count * ratios.Count;
        (this.fittedStrides, this.centreOffset) = (fittedStrides, centreOffset);
        cells = [.. strides.Select(stride => Cell(scales, ratios, stride, wholePixels))];
    }

    /// <summary>Stride of each level in pixels.</summary>
    public IReadOnlyList<int> Strides { get; }

    /// <summary>Anchors at one place.</summary>
    public int AnchorsPerCell { get; }

    /// <summary>Anchors of a pyramid.</summary>
    /// <param name="pyramid">Maps of the levels, N x C x h x w each.</param>
    /// <param name="images">The images that they are of, N x 3 x H x W.</param>
    /// <returns>For each level (h x w x AnchorsPerCell) x 4 numbers; shared, not to be changed.</returns>
    public float[][] Of(IReadOnlyList<Tensor> pyramid, Tensor images)
    {
        ArgumentNullException.ThrowIfNull(pyramid);
        ArgumentNullException.ThrowIfNull(images);
        return [.. pyramid.Select((map, level) =>
        {
            var (height, width) = ((int)map.shape[2], (int)map.shape[3]);
            return fittedStrides ? Grid(level, height, width, (int)images.shape[2] / height, (int)images.shape[3] / width) : Grid(level, height, width);
        })];
    }

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

        return grids.GetOrAdd(key, Build(cells[level], height, width, strideY, strideX, centreOffset));
    }

    private static float[] Cell(IReadOnlyList<double> scales, IReadOnlyList<double> ratios, int stride, bool wholePixels)
    {
        var corners = new List<float>();
        foreach (var ratio in ratios)
        {
            var high = MathF.Sqrt((float)ratio);
            foreach (var scale in scales)
            {
                var side = wholePixels ? (float)Math.Truncate((stride * scale) + Slack) : (float)(stride * scale);
                var (width, height) = (side * (1 / high), side * high);
                float[] box = [-width / 2, -height / 2, width / 2, height / 2];
                corners.AddRange(wholePixels ? box.Select(corner => MathF.Round(corner)) : box);
            }
        }

        return [.. corners];
    }

    private static float[] Build(float[] cell, int height, int width, int strideY, int strideX, double offset)
    {
        var (firstX, firstY) = ((float)(offset * strideX), (float)(offset * strideY));
        var grid = new float[height * width * cell.Length];
        var next = 0;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                for (var i = 0; i < cell.Length; i += 4)
                {
                    grid[next++] = cell[i] + firstX + (x * strideX);
                    grid[next++] = cell[i + 1] + firstY + (y * strideY);
                    grid[next++] = cell[i + 2] + firstX + (x * strideX);
                    grid[next++] = cell[i + 3] + firstY + (y * strideY);
                }
            }
        }

        return grid;
    }
}
