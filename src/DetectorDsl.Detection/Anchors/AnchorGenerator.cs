using System.Collections.Concurrent;
using System.Numerics;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Anchors;

/// <summary>Anchors at every place of every level: side = scale x stride, in several aspect ratios.</summary>
/// <remarks>Order: rows, columns, ratios, scales. Source: mmdetection, anchor_generator.py; whole pixels and fitted strides: torchvision, anchor_utils.py.</remarks>
public sealed class AnchorGenerator
{
    // Images of many sizes come by in training, and a grid takes up to some megabytes.
    private const int MostGrids = 160;

    // Stride x scale falls short of a whole number by rounding at times.
    private const double Slack = 1e-6;

    private readonly Grids<float> single;
    private readonly Grids<double> exact;
    private readonly bool fittedStrides;

    /// <summary>Fixes the anchors of a cell.</summary>
    /// <param name="scales">Sides in units of the level's stride.</param>
    /// <param name="ratios">Ratios height / width.</param>
    /// <param name="strides">Stride of each level in pixels.</param>
    /// <param name="wholePixels">Whether sides are cut to whole pixels and corners rounded to them.</param>
    /// <param name="fittedStrides">Whether anchors of a pyramid are as far apart as the images' size over the map's, rounded down.</param>
    /// <param name="centreOffset">Place of the first anchor's centre in units of the stride.</param>
    public AnchorGenerator(
        IReadOnlyList<double> scales,
        IReadOnlyList<double> ratios,
        IReadOnlyList<int> strides,
        bool wholePixels = false,
        bool fittedStrides = false,
        double centreOffset = 0
    )
    {
        ArgumentNullException.ThrowIfNull(scales);
        ArgumentNullException.ThrowIfNull(ratios);
        ArgumentNullException.ThrowIfNull(strides);
        Strides = strides;
        AnchorsPerCell = scales.Count * ratios.Count;
        this.fittedStrides = fittedStrides;
        (single, exact) = (
            new Grids<float>(scales, ratios, strides, wholePixels, centreOffset),
            new Grids<double>(scales, ratios, strides, wholePixels, centreOffset)
        );
    }

    /// <summary>Stride of each level in pixels.</summary>
    public IReadOnlyList<int> Strides { get; }

    /// <summary>Anchors at one place.</summary>
    public int AnchorsPerCell { get; }

    /// <summary>Anchors of a pyramid.</summary>
    /// <param name="pyramid">Maps of the levels, N x C x h x w each.</param>
    /// <param name="images">The images that they are of, N x 3 x H x W.</param>
    /// <returns>For each level h x w x AnchorsPerCell anchors in the maps' precision, shared by all who ask.</returns>
    public Boxes[] Of(IReadOnlyList<Tensor> pyramid, Tensor images)
    {
        ArgumentNullException.ThrowIfNull(pyramid);
        ArgumentNullException.ThrowIfNull(images);
        return
        [
            .. pyramid.Select(
                (map, level) =>
                {
                    var (height, width) = ((int)map.shape[2], (int)map.shape[3]);
                    var (strideY, strideX) = fittedStrides
                        ? ((int)images.shape[2] / height, (int)images.shape[3] / width)
                        : (Strides[level], Strides[level]);
                    return TensorPrecision.IsDouble(map)
                        ? exact.Of(level, height, width, strideY, strideX)
                        : single.Of(level, height, width, strideY, strideX);
                }
            ),
        ];
    }

    /// <summary>Anchors of a level.</summary>
    /// <param name="level">Index of the level.</param>
    /// <param name="height">Rows of its feature map.</param>
    /// <param name="width">Columns of its feature map.</param>
    /// <returns>height x width x AnchorsPerCell boxes in single precision, shared by all who ask.</returns>
    public Boxes Grid(int level, int height, int width) => Grid(level, height, width, Strides[level], Strides[level]);

    /// <summary>Anchors of a level whose stride follows from the image's size.</summary>
    /// <param name="level">Index of the level.</param>
    /// <param name="height">Rows of its feature map.</param>
    /// <param name="width">Columns of its feature map.</param>
    /// <param name="strideY">Pixels from row to row.</param>
    /// <param name="strideX">Pixels from column to column.</param>
    /// <returns>height x width x AnchorsPerCell boxes in single precision, shared by all who ask.</returns>
    public Boxes Grid(int level, int height, int width, int strideY, int strideX) => single.Of(level, height, width, strideY, strideX);

    /// <summary>Anchors in one precision.</summary>
    private sealed class Grids<T>(
        IReadOnlyList<double> scales,
        IReadOnlyList<double> ratios,
        IReadOnlyList<int> strides,
        bool wholePixels,
        double offset
    )
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Corners<T>[][] cells = [.. strides.Select(stride => Cell(scales, ratios, stride, wholePixels))];
        private readonly ConcurrentDictionary<(int Level, int Height, int Width, int StrideY, int StrideX), Boxes> known = new();

        public Boxes Of(int level, int height, int width, int strideY, int strideX)
        {
            var key = (level, height, width, strideY, strideX);
            if (known.TryGetValue(key, out var grid))
            {
                return grid;
            }

            if (known.Count >= MostGrids)
            {
                known.Clear();
            }

            return known.GetOrAdd(key, Build(cells[level], height, width, strideY, strideX));
        }

        private static Corners<T>[] Cell(IReadOnlyList<double> scales, IReadOnlyList<double> ratios, int stride, bool wholePixels)
        {
            var two = T.CreateTruncating(2);
            var corners = new List<Corners<T>>();
            foreach (var ratio in ratios)
            {
                var high = T.Sqrt(T.CreateTruncating(ratio));
                foreach (var scale in scales)
                {
                    var side = T.CreateTruncating(wholePixels ? Math.Truncate((stride * scale) + Slack) : stride * scale);
                    var (width, height) = (side * (T.One / high), side * high);
                    var box = new Corners<T>(-width / two, -height / two, width / two, height / two);
                    corners.Add(wholePixels ? new Corners<T>(T.Round(box.X1), T.Round(box.Y1), T.Round(box.X2), T.Round(box.Y2)) : box);
                }
            }

            return [.. corners];
        }

        private Boxes Build(Corners<T>[] cell, int height, int width, int strideY, int strideX)
        {
            var (firstX, firstY) = (T.CreateTruncating(offset * strideX), T.CreateTruncating(offset * strideY));
            var grid = new Corners<T>[height * width * cell.Length];
            var next = 0;
            for (var y = 0; y < height; y++)
            {
                var down = T.CreateTruncating(y * strideY);
                for (var x = 0; x < width; x++)
                {
                    var across = T.CreateTruncating(x * strideX);
                    foreach (var box in cell)
                    {
                        grid[next++] = new Corners<T>(
                            box.X1 + firstX + across,
                            box.Y1 + firstY + down,
                            box.X2 + firstX + across,
                            box.Y2 + firstY + down
                        );
                    }
                }
            }

            return Boxes.Of(grid);
        }
    }
}
