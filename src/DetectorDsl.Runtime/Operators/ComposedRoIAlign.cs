using DetectorDsl.Runtime.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Operators;

/// <summary>RoIAlign from library operators, for devices and precisions without a kernel of our own; also what the kernel is tested against.</summary>
internal static class ComposedRoIAlign
{
    /// <summary>Cuts regions out of one map.</summary>
    public static Tensor Apply(Tensor features, Tensor rois, double scale, RoIAlignGeometry geometry) => Apply([features], rois, null, [scale], geometry);

    /// <remarks>
    /// A cell is a weighted sum of pixels, pixels are rows of a table, and so all cells of all levels are one call of the library's sum over bags of rows. One copy
    /// to the host: the regions, from which the pixels and their weights follow.
    /// </remarks>
    public static Tensor Apply(IReadOnlyList<Tensor> maps, Tensor rois, int[]? levels, IReadOnlyList<double> scales, RoIAlignGeometry geometry)
    {
        var (count, channels, device, type) = (rois.shape[0], maps[0].shape[1], maps[0].device, maps[0].dtype);
        if (count == 0)
        {
            return zeros([0, channels, geometry.OutputHeight, geometry.OutputWidth], dtype: type, device: device);
        }

        using var scope = NewDisposeScope();
        var regions = CpuMemory.Span<double>(CpuMemory.Contiguous(rois, ScalarType.Float64));
        RoIAlignCall.CheckImages(regions, maps[0].shape[0]);
        var bags = new PixelBags((int)count * geometry.Cells);
        var firstPixels = FirstPixels(maps);
        var rows = new AxisWeights<double>(geometry, geometry.OutputHeight);
        var columns = new AxisWeights<double>(geometry, geometry.OutputWidth);
        for (var roi = 0; roi < count; roi++)
        {
            var level = levels is null ? 0 : levels[roi];
            var region = regions.Slice(roi * 5, 5);
            var (height, width) = ((int)maps[level].shape[2], (int)maps[level].shape[3]);
            rows.Take(region[2], region[4], scales[level], height);
            columns.Take(region[1], region[3], scales[level], width);
            bags.Add(rows, columns, geometry, firstPixels[level] + ((long)region[0] * height * width), width);
        }

        var pixels = cat([.. maps.Select(map => map.permute(0, 2, 3, 1).reshape(-1, channels))]);
        return AtenCall.SumOfBags(pixels, tensor(bags.Pixels, device: device), tensor(bags.Starts, device: device), tensor(bags.Weights, device: device).to(type))
            .view(count, geometry.OutputHeight, geometry.OutputWidth, channels).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    private static long[] FirstPixels(IReadOnlyList<Tensor> maps)
    {
        var first = new long[maps.Count];
        for (var level = 1; level < maps.Count; level++)
        {
            var before = maps[level - 1].shape;
            first[level] = first[level - 1] + (before[0] * before[2] * before[3]);
        }

        return first;
    }

    // The library takes them as columns: pixels and weights of all cells, and where each cell begins.
    private sealed class PixelBags(int cells)
    {
        private readonly List<long> starts = new(cells);
        private readonly List<long> pixels = new(4 * cells);
        private readonly List<double> weights = new(4 * cells);

        public long[] Starts => [.. starts];

        public long[] Pixels => [.. pixels];

        public double[] Weights => [.. weights];

        public void Add(AxisWeights<double> rows, AxisWeights<double> columns, RoIAlignGeometry geometry, long firstPixel, int width)
        {
            for (var cell = 0; cell < geometry.Cells; cell++)
            {
                starts.Add(pixels.Count);
                var row = rows[cell / geometry.OutputWidth];
                var column = columns[cell % geometry.OutputWidth];
                for (var y = 0; y < row.Count; y++)
                {
                    for (var x = 0; x < column.Count; x++)
                    {
                        pixels.Add(firstPixel + ((row.First + y) * (long)width) + column.First + x);
                        weights.Add(row[y] * column[x]);
                    }
                }
            }
        }
    }
}
