using System.Numerics;
using System.Runtime.CompilerServices;

namespace DetectorDsl.Torch.Operators;

/// <summary>
/// RoIAlign on the CPU over channels-last maps. A cell's mean of bilinear samples is a weighted sum over a rectangle of pixels, whose weights are the
/// products of those of its row and column (<see cref="AxisWeights{T}" />); all channels of a pixel lie side by side and are vectors. Work is split over
/// regions (forward) and over images and blocks of channels (backward): no two threads write the same place, and sums are always formed in the same order.
/// </summary>
/// <typeparam name="T"><see cref="float" /> or <see cref="double" />.</typeparam>
internal static unsafe class RoIAlignKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int ChannelBlock = 64;

    /// <summary>A level's map: N x H x W x C.</summary>
    internal readonly record struct Map(nint Data, int Images, int Height, int Width, double Scale)
    {
        public T* Pixel(int image, int y, int x, int channels) => (T*)Data + (((((long)image * Height) + y) * Width + x) * channels);
    }

    /// <param name="maps">The levels.</param>
    /// <param name="levels">Level of each region; null for level 0 throughout.</param>
    /// <param name="rois">R x 5.</param>
    /// <param name="count">R.</param>
    /// <param name="channels">C.</param>
    /// <param name="geometry">How regions are sampled.</param>
    /// <param name="output">R x cells x C.</param>
    public static void Forward(Map[] maps, int[]? levels, T* rois, int count, int channels, RoIAlignGeometry geometry, T* output)
    {
        var (regions, results) = ((nint)rois, (nint)output);
        Parallel.For(
            0,
            count,
            () => new RegionWeights(geometry),
            (roi, _, weights) =>
            {
                var map = maps[levels?[roi] ?? 0];
                var region = (T*)regions + (roi * 5L);
                weights.Take(region, map);
                var image = int.CreateTruncating(region[0]);
                var cell = (T*)results + ((long)roi * geometry.Cells * channels);
                for (var y = 0; y < geometry.OutputHeight; y++)
                {
                    for (var x = 0; x < geometry.OutputWidth; x++, cell += channels)
                    {
                        Gather(map, image, weights.Rows[y], weights.Columns[x], channels, cell);
                    }
                }

                return weights;
            },
            _ => { }
        );
    }

    /// <param name="maps">Gradients of the levels, zero at the start.</param>
    /// <param name="levels">Level of each region; null for level 0 throughout.</param>
    /// <param name="rois">R x 5.</param>
    /// <param name="count">R.</param>
    /// <param name="channels">C.</param>
    /// <param name="geometry">How regions are sampled.</param>
    /// <param name="gradient">Gradient of the output, R x cells x C.</param>
    public static void Backward(Map[] maps, int[]? levels, T* rois, int count, int channels, RoIAlignGeometry geometry, T* gradient)
    {
        var (regions, gradients) = ((nint)rois, (nint)gradient);
        var blocks = (channels + ChannelBlock - 1) / ChannelBlock;
        Parallel.For(0, maps[0].Images * blocks, part =>
        {
            var (image, first) = (part / blocks, part % blocks * ChannelBlock);
            var width = Math.Min(ChannelBlock, channels - first);
            var weights = new RegionWeights(geometry);
            for (var roi = 0; roi < count; roi++)
            {
                var region = (T*)regions + (roi * 5L);
                if (int.CreateTruncating(region[0]) != image)
                {
                    continue;
                }

                var map = maps[levels?[roi] ?? 0];
                weights.Take(region, map);
                var cell = (T*)gradients + ((long)roi * geometry.Cells * channels) + first;
                for (var y = 0; y < geometry.OutputHeight; y++)
                {
                    for (var x = 0; x < geometry.OutputWidth; x++, cell += channels)
                    {
                        Scatter(map, image, weights.Rows[y], weights.Columns[x], channels, first, width, cell);
                    }
                }
            }
        });
    }

    // Four vectors stay in registers over the whole rectangle.
    private static void Gather(Map map, int image, PixelRun<T> rows, PixelRun<T> columns, int channels, T* cell)
    {
        var corner = map.Pixel(image, rows.First, columns.First, channels);
        var rowStep = (long)map.Width * channels;
        var channel = 0;
        for (; channel <= channels - (4 * Vector<T>.Count); channel += 4 * Vector<T>.Count)
        {
            var (a, b, c, d) = (Vector<T>.Zero, Vector<T>.Zero, Vector<T>.Zero, Vector<T>.Zero);
            for (var y = 0; y < rows.Count; y++)
            {
                var pixel = corner + (y * rowStep) + channel;
                for (var x = 0; x < columns.Count; x++, pixel += channels)
                {
                    var weight = new Vector<T>(rows[y] * columns[x]);
                    a += weight * Vector.Load(pixel);
                    b += weight * Vector.Load(pixel + Vector<T>.Count);
                    c += weight * Vector.Load(pixel + (2 * Vector<T>.Count));
                    d += weight * Vector.Load(pixel + (3 * Vector<T>.Count));
                }
            }

            Vector.Store(a, cell + channel);
            Vector.Store(b, cell + channel + Vector<T>.Count);
            Vector.Store(c, cell + channel + (2 * Vector<T>.Count));
            Vector.Store(d, cell + channel + (3 * Vector<T>.Count));
        }

        for (; channel < channels; channel++)
        {
            var sum = T.Zero;
            for (var y = 0; y < rows.Count; y++)
            {
                var pixel = corner + (y * rowStep) + channel;
                for (var x = 0; x < columns.Count; x++, pixel += channels)
                {
                    sum += rows[y] * columns[x] * *pixel;
                }
            }

            cell[channel] = sum;
        }
    }

    private static void Scatter(Map map, int image, PixelRun<T> rows, PixelRun<T> columns, int channels, int first, int width, T* cell)
    {
        for (var y = 0; y < rows.Count; y++)
        {
            var pixel = map.Pixel(image, rows.First + y, columns.First, channels) + first;
            for (var x = 0; x < columns.Count; x++, pixel += channels)
            {
                Accumulate(pixel, cell, rows[y] * columns[x], width);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(T* target, T* source, T weight, int length)
    {
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

    /// <summary>Both axes of one region at a time.</summary>
    private sealed class RegionWeights(RoIAlignGeometry geometry)
    {
        public AxisWeights<T> Rows { get; } = new(geometry, geometry.OutputHeight);

        public AxisWeights<T> Columns { get; } = new(geometry, geometry.OutputWidth);

        public void Take(T* region, Map map)
        {
            Columns.Take(double.CreateChecked(region[1]), double.CreateChecked(region[3]), map.Scale, map.Width);
            Rows.Take(double.CreateChecked(region[2]), double.CreateChecked(region[4]), map.Scale, map.Height);
        }
    }
}
