using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>Which pixels make up each cell of each region, and with which weights. Pixels are numbered through all images and levels, finest level first.</summary>
internal sealed class PixelBags
{
    // Where each bag begins among the pixels; the pixels of all bags; the weight of each.
    private readonly Tensor starts;
    private readonly Tensor pixels;
    private readonly Tensor weights;

    /// <summary>Computes them, on the host.</summary>
    /// <param name="regions">R x 5 numbers: image, x1, y1, x2, y2.</param>
    /// <param name="levels">Level of each region; null for level 0 throughout.</param>
    /// <param name="tables">Where each level's pixels stand.</param>
    /// <param name="geometry">How regions are sampled.</param>
    public unsafe PixelBags(double[] regions, int[]? levels, Table[] tables, RoIAlignGeometry geometry)
    {
        var count = regions.Length / 5;
        starts = empty([(long)count * geometry.Cells], dtype: ScalarType.Int64);
        var firstStart = (nint)CpuMemory.Pointer<long>(starts);

        // First how long every bag is, then where it begins, then what is in it.
        ForEach(
            (roi, rows, columns) =>
            {
                var lengths = (long*)firstStart + ((long)roi * geometry.Cells);
                for (var cell = 0; cell < geometry.Cells; cell++)
                {
                    lengths[cell] = (long)rows[cell / geometry.OutputWidth].Count * columns[cell % geometry.OutputWidth].Count;
                }
            }
        );
        var total = 0L;
        foreach (ref var start in CpuMemory.Span<long>(starts))
        {
            (start, total) = (total, total + start);
        }

        pixels = empty([total], dtype: ScalarType.Int64);
        weights = empty([total], dtype: ScalarType.Float64);
        var (firstPixel, firstWeight) = ((nint)CpuMemory.Pointer<long>(pixels), (nint)CpuMemory.Pointer<double>(weights));
        ForEach(
            (roi, rows, columns) =>
            {
                var table = tables[levels?[roi] ?? 0];
                var first = table.First + ((long)regions[roi * 5] * table.Height * table.Width);
                var next = ((long*)firstStart)[(long)roi * geometry.Cells];
                for (var cell = 0; cell < geometry.Cells; cell++)
                {
                    var row = rows[cell / geometry.OutputWidth];
                    var column = columns[cell % geometry.OutputWidth];
                    for (var y = 0; y < row.Count; y++)
                    {
                        for (var x = 0; x < column.Count; x++, next++)
                        {
                            ((long*)firstPixel)[next] = first + ((row.First + y) * (long)table.Width) + column.First + x;
                            ((double*)firstWeight)[next] = row[y] * column[x];
                        }
                    }
                }
            }
        );

        void ForEach(Action<int, AxisWeights<double>, AxisWeights<double>> region) =>
            Parallel.For(
                0,
                count,
                () =>
                    (
                        Rows: new AxisWeights<double>(geometry, geometry.OutputHeight),
                        Columns: new AxisWeights<double>(geometry, geometry.OutputWidth)
                    ),
                (roi, _, axes) =>
                {
                    var table = tables[levels?[roi] ?? 0];
                    axes.Rows.Take(regions[(roi * 5) + 2], regions[(roi * 5) + 4], table.Scale, table.Height);
                    axes.Columns.Take(regions[(roi * 5) + 1], regions[(roi * 5) + 3], table.Scale, table.Width);
                    region(roi, axes.Rows, axes.Columns);
                    return axes;
                },
                _ => { }
            );
    }

    /// <summary>The weighted sum of each cell's pixels; gradients flow to the table.</summary>
    /// <param name="table">T x C, a row for each pixel, on any device.</param>
    /// <returns>(R x cells) x C; a cell that lies outside is zero.</returns>
    public Tensor Sum(Tensor table) =>
        new AtenCall()
            .Tensor(table)
            .Tensor(pixels.to(table.device))
            .Tensor(starts.to(table.device))
            .Truth(false)
            .Integer(0)
            .Truth(false)
            .Optional(weights.to(table.dtype).to(table.device))
            .Truth(false)
            .First("aten::embedding_bag", results: 4);

    /// <summary>The pixels of a level.</summary>
    /// <param name="First">Number of the first one.</param>
    /// <param name="Height">Pixels down.</param>
    /// <param name="Width">Pixels across.</param>
    /// <param name="Scale">Pixels of the map per pixel of the image.</param>
    internal readonly record struct Table(long First, int Height, int Width, double Scale)
    {
        /// <summary>Those of several levels.</summary>
        /// <param name="maps">N x C x H x W each.</param>
        /// <param name="scales">Pixels of each map per pixel of the image.</param>
        public static Table[] Of(IReadOnlyList<Tensor> maps, IReadOnlyList<double> scales)
        {
            var tables = new Table[maps.Count];
            var first = 0L;
            for (var level = 0; level < tables.Length; level++)
            {
                var shape = maps[level].shape;
                tables[level] = new Table(first, (int)shape[2], (int)shape[3], scales[level]);
                first += shape[0] * shape[2] * shape[3];
            }

            return tables;
        }
    }
}
