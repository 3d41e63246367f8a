using System.Numerics;
using System.Runtime.CompilerServices;

namespace DetectorDsl.Runtime.Operators;

/// <summary>
/// RoIAlign on the CPU over channels-last maps: all channels of a pixel lie side by side, so each of a sample's four neighbours is one vector
/// operation. Work is split over regions (forward) and blocks of channels (backward): no two threads write the same place, and sums are always
/// formed in the same order.
/// </summary>
/// <typeparam name="T"><see cref="float" /> or <see cref="double" />.</typeparam>
internal static unsafe class RoIAlignKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int ChannelBlock = 64;

    /// <summary>A level's map: N x H x W x C.</summary>
    internal readonly record struct Map(nint Data, int Height, int Width, double Scale)
    {
        public T* Pixel(int image, int y, int x, int channels) => (T*)Data + (((((long)image * Height) + y) * Width + x) * channels);
    }

    /// <param name="maps">The levels.</param>
    /// <param name="levels">Level of each region; null for level 0 throughout.</param>
    /// <param name="rois">R x 5.</param>
    /// <param name="count">R.</param>
    /// <param name="channels">C.</param>
    /// <param name="geometry">How regions are sampled.</param>
    /// <param name="output">R x C x cells.</param>
    public static void Forward(Map[] maps, int[]? levels, T* rois, int count, int channels, RoIAlignGeometry geometry, T* output)
    {
        var (rows, results) = ((nint)rois, (nint)output);
        Parallel.For(0, count, () => new Scratch(channels, geometry), (roi, _, scratch) =>
        {
            var map = maps[levels?[roi] ?? 0];
            var region = (T*)rows + (roi * 5L);
            var image = int.CreateTruncating(region[0]);
            var (samplesX, samplesY) = scratch.Sample(region, map, geometry);
            var target = (T*)results + ((long)roi * channels * geometry.Cells);
            fixed (T* cellValues = scratch.Values)
            {
                for (var cell = 0; cell < geometry.Cells; cell++)
                {
                    var sum = cellValues + (cell * channels);
                    new Span<T>(sum, channels).Clear();
                    var (cellY, cellX) = (cell / geometry.OutputWidth, cell % geometry.OutputWidth);
                    for (var y = cellY * samplesY; y < (cellY + 1) * samplesY; y++)
                    {
                        for (var x = cellX * samplesX; x < (cellX + 1) * samplesX; x++)
                        {
                            Gather(map, image, scratch.Rows[y], scratch.Columns[x], channels, sum);
                        }
                    }
                }

                // Cells x C becomes C x cells.
                var share = T.One / T.CreateTruncating(Math.Max(samplesX * samplesY, 1));
                for (var channel = 0; channel < channels; channel++)
                {
                    for (var cell = 0; cell < geometry.Cells; cell++)
                    {
                        target[(channel * geometry.Cells) + cell] = cellValues[(cell * channels) + channel] * share;
                    }
                }
            }

            return scratch;
        }, _ => { });
    }

    /// <param name="maps">Gradients of the levels, zero at the start.</param>
    /// <param name="levels">Level of each region; null for level 0 throughout.</param>
    /// <param name="rois">R x 5.</param>
    /// <param name="count">R.</param>
    /// <param name="channels">C.</param>
    /// <param name="geometry">How regions are sampled.</param>
    /// <param name="gradient">Gradient of the output, R x C x cells.</param>
    public static void Backward(Map[] maps, int[]? levels, T* rois, int count, int channels, RoIAlignGeometry geometry, T* gradient)
    {
        var (rows, gradients) = ((nint)rois, (nint)gradient);
        var blocks = (channels + ChannelBlock - 1) / ChannelBlock;
        Parallel.For(0, blocks, block =>
        {
            var first = block * ChannelBlock;
            var width = Math.Min(ChannelBlock, channels - first);
            var scratch = new Scratch(width, geometry);
            fixed (T* cellValues = scratch.Values)
            {
                for (var roi = 0; roi < count; roi++)
                {
                    var map = maps[levels?[roi] ?? 0];
                    var region = (T*)rows + (roi * 5L);
                    var image = int.CreateTruncating(region[0]);
                    var (samplesX, samplesY) = scratch.Sample(region, map, geometry);
                    var share = T.One / T.CreateTruncating(Math.Max(samplesX * samplesY, 1));
                    var source = (T*)gradients + ((((long)roi * channels) + first) * geometry.Cells);
                    for (var channel = 0; channel < width; channel++)
                    {
                        for (var cell = 0; cell < geometry.Cells; cell++)
                        {
                            cellValues[(cell * width) + channel] = source[(channel * geometry.Cells) + cell] * share;
                        }
                    }

                    for (var cell = 0; cell < geometry.Cells; cell++)
                    {
                        var (cellY, cellX) = (cell / geometry.OutputWidth, cell % geometry.OutputWidth);
                        for (var y = cellY * samplesY; y < (cellY + 1) * samplesY; y++)
                        {
                            for (var x = cellX * samplesX; x < (cellX + 1) * samplesX; x++)
                            {
                                Scatter(map, image, scratch.Rows[y], scratch.Columns[x], channels, first, width, cellValues + (cell * width));
                            }
                        }
                    }
                }
            }
        });
    }

    private static void Gather(Map map, int image, Tap row, Tap column, int channels, T* sum)
    {
        Accumulate(sum, map.Pixel(image, row.Low, column.Low, channels), T.CreateTruncating(row.LowWeight * column.LowWeight), channels);
        Accumulate(sum, map.Pixel(image, row.Low, column.High, channels), T.CreateTruncating(row.LowWeight * column.HighWeight), channels);
        Accumulate(sum, map.Pixel(image, row.High, column.Low, channels), T.CreateTruncating(row.HighWeight * column.LowWeight), channels);
        Accumulate(sum, map.Pixel(image, row.High, column.High, channels), T.CreateTruncating(row.HighWeight * column.HighWeight), channels);
    }

    private static void Scatter(Map map, int image, Tap row, Tap column, int channels, int first, int width, T* value)
    {
        Accumulate(map.Pixel(image, row.Low, column.Low, channels) + first, value, T.CreateTruncating(row.LowWeight * column.LowWeight), width);
        Accumulate(map.Pixel(image, row.Low, column.High, channels) + first, value, T.CreateTruncating(row.LowWeight * column.HighWeight), width);
        Accumulate(map.Pixel(image, row.High, column.Low, channels) + first, value, T.CreateTruncating(row.HighWeight * column.LowWeight), width);
        Accumulate(map.Pixel(image, row.High, column.High, channels) + first, value, T.CreateTruncating(row.HighWeight * column.HighWeight), width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(T* target, T* source, T weight, int length)
    {
        if (weight == T.Zero)
        {
            return;
        }

        var factor = new Vector<T>(weight);
        var i = 0;
        for (; i <= length - Vector<T>.Count; i += Vector<T>.Count)
        {
            Vector.Store(Vector.Load(target + i) + (factor * Vector.Load(source + i)), target + i);
        }

        for (; i < length; i++)
        {
            target[i] += weight * source[i];
        }
    }

    private sealed class Scratch(int channels, RoIAlignGeometry geometry)
    {
        public T[] Values { get; } = new T[geometry.Cells * channels];

        public List<Tap> Rows { get; } = [];

        public List<Tap> Columns { get; } = [];

        public (int SamplesX, int SamplesY) Sample(T* region, Map map, RoIAlignGeometry sampling)
        {
            var samplesX = sampling.Axis(double.CreateChecked(region[1]), double.CreateChecked(region[3]), map.Scale, map.Width, sampling.OutputWidth, Columns);
            var samplesY = sampling.Axis(double.CreateChecked(region[2]), double.CreateChecked(region[4]), map.Scale, map.Height, sampling.OutputHeight, Rows);
            return (samplesX, samplesY);
        }
    }
}
