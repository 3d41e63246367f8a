using System.Numerics;

namespace DetectorDsl.Torch.Operators;

/// <summary>
/// CARAFE's reassembly on the CPU over channels-last maps: all channels of a cell lie side by side and are vectors. Work is split over rows; each
/// place is written by one thread, and sums are always formed in the same order.
/// </summary>
/// <typeparam name="T"><see cref="float" /> or <see cref="double" />.</typeparam>
/// <remarks>Maps are N x H x W x C, kernels N x factor H x factor W x groups x k².</remarks>
internal static unsafe class CarafeKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <param name="geometry">The sizes.</param>
    /// <param name="features">The map.</param>
    /// <param name="kernels">The kernels.</param>
    /// <param name="output">N x factor H x factor W x C.</param>
    public static void Forward(CarafeGeometry geometry, T* features, T* kernels, T* output)
    {
        var (maps, weights, results) = ((nint)features, (nint)kernels, (nint)output);
        Parallel.For(0, geometry.Images * geometry.OutputHeight, row =>
        {
            var map = (T*)maps + (row / geometry.OutputHeight * (long)geometry.Height * geometry.Width * geometry.Channels);
            var kernel = (T*)weights + ((long)row * geometry.OutputWidth * geometry.Groups * geometry.Taps);
            var cell = (T*)results + ((long)row * geometry.OutputWidth * geometry.Channels);
            var y = row % geometry.OutputHeight / geometry.Factor;
            for (var x = 0; x < geometry.OutputWidth; x++)
            {
                var window = new Window(geometry, y, x / geometry.Factor);
                for (var group = 0; group < geometry.Groups; group++, kernel += geometry.Taps, cell += geometry.GroupChannels)
                {
                    Gather(geometry, window, map + (group * geometry.GroupChannels), kernel, cell);
                }
            }
        });
    }

    /// <summary>Gradient of the map: each of its cells gathers from all cells of the output whose windows hold it.</summary>
    /// <param name="geometry">The sizes.</param>
    /// <param name="kernels">The kernels.</param>
    /// <param name="gradient">Gradient of the output.</param>
    /// <param name="result">Gradient of the map.</param>
    public static void FeatureGradient(CarafeGeometry geometry, T* kernels, T* gradient, T* result)
    {
        var (weights, gradients, results) = ((nint)kernels, (nint)gradient, (nint)result);
        Parallel.For(0, geometry.Images * geometry.Height, row =>
        {
            var cells = row / geometry.Height * (long)geometry.OutputHeight * geometry.OutputWidth;
            var kernel = (T*)weights + (cells * geometry.Groups * geometry.Taps);
            var source = (T*)gradients + (cells * geometry.Channels);
            var target = (T*)results + ((long)row * geometry.Width * geometry.Channels);
            for (var x = 0; x < geometry.Width; x++)
            {
                var window = new Window(geometry, row % geometry.Height, x);
                for (var group = 0; group < geometry.Groups; group++, target += geometry.GroupChannels)
                {
                    GatherGradient(geometry, window, kernel + (group * geometry.Taps), source + (group * geometry.GroupChannels), target);
                }
            }
        });
    }

    /// <summary>Gradient of the kernels: for each cell of a window, the product of its channels with the output's gradient.</summary>
    /// <param name="geometry">The sizes.</param>
    /// <param name="features">The map.</param>
    /// <param name="gradient">Gradient of the output.</param>
    /// <param name="result">Gradient of the kernels, zero at the start.</param>
    public static void KernelGradient(CarafeGeometry geometry, T* features, T* gradient, T* result)
    {
        var (maps, gradients, results) = ((nint)features, (nint)gradient, (nint)result);
        Parallel.For(0, geometry.Images * geometry.OutputHeight, row =>
        {
            var map = (T*)maps + (row / geometry.OutputHeight * (long)geometry.Height * geometry.Width * geometry.Channels);
            var kernel = (T*)results + ((long)row * geometry.OutputWidth * geometry.Groups * geometry.Taps);
            var cell = (T*)gradients + ((long)row * geometry.OutputWidth * geometry.Channels);
            var y = row % geometry.OutputHeight / geometry.Factor;
            for (var x = 0; x < geometry.OutputWidth; x++)
            {
                var window = new Window(geometry, y, x / geometry.Factor);
                for (var group = 0; group < geometry.Groups; group++, kernel += geometry.Taps, cell += geometry.GroupChannels)
                {
                    Products(geometry, window, map + (group * geometry.GroupChannels), cell, kernel);
                }
            }
        });
    }

    // Four vectors stay in registers over the whole window.
    private static void Gather(CarafeGeometry geometry, Window window, T* map, T* kernel, T* cell)
    {
        var corner = map + window.Corner(geometry);
        var rowStep = (long)geometry.Width * geometry.Channels;
        var channel = 0;
        for (; channel <= geometry.GroupChannels - (4 * Vector<T>.Count); channel += 4 * Vector<T>.Count)
        {
            var (a, b, c, d) = (Vector<T>.Zero, Vector<T>.Zero, Vector<T>.Zero, Vector<T>.Zero);
            for (var y = 0; y < window.Rows; y++)
            {
                var pixel = corner + (y * rowStep) + channel;
                var tap = kernel + window.FirstTap + (y * geometry.Kernel);
                for (var x = 0; x < window.Columns; x++, pixel += geometry.Channels)
                {
                    var weight = new Vector<T>(tap[x]);
                    a += weight * Vector.Load(pixel);
                    b += weight * Vector.Load(pixel + Vector<T>.Count);
                    c += weight * Vector.Load(pixel + (2 * Vector<T>.Count));
                    d += weight * Vector.Load(pixel + (3 * Vector<T>.Count));
                }
            }

            Store(a, b, c, d, cell + channel);
        }

        for (; channel < geometry.GroupChannels; channel++)
        {
            var sum = T.Zero;
            for (var y = 0; y < window.Rows; y++)
            {
                var pixel = corner + (y * rowStep) + channel;
                var tap = kernel + window.FirstTap + (y * geometry.Kernel);
                for (var x = 0; x < window.Columns; x++, pixel += geometry.Channels)
                {
                    sum += tap[x] * *pixel;
                }
            }

            cell[channel] = sum;
        }
    }

    // The centres whose windows hold a cell are the cell's own window; the place in their windows runs backwards.
    private static void GatherGradient(CarafeGeometry geometry, Window window, T* kernels, T* gradient, T* target)
    {
        var step = (long)geometry.Groups * geometry.Taps;
        var channel = 0;
        for (; channel <= geometry.GroupChannels - (4 * Vector<T>.Count); channel += 4 * Vector<T>.Count)
        {
            var (a, b, c, d) = (Vector<T>.Zero, Vector<T>.Zero, Vector<T>.Zero, Vector<T>.Zero);
            for (var y = 0; y < window.Rows * geometry.Factor; y++)
            {
                var first = window.OutputCell(geometry, y);
                var pixel = gradient + (first * geometry.Channels) + channel;
                var tap = kernels + (first * step) + window.LastTap(geometry, y / geometry.Factor);
                for (var x = 0; x < window.Columns; x++, tap--)
                {
                    for (var part = 0; part < geometry.Factor; part++, pixel += geometry.Channels, tap += step)
                    {
                        var weight = new Vector<T>(*tap);
                        a += weight * Vector.Load(pixel);
                        b += weight * Vector.Load(pixel + Vector<T>.Count);
                        c += weight * Vector.Load(pixel + (2 * Vector<T>.Count));
                        d += weight * Vector.Load(pixel + (3 * Vector<T>.Count));
                    }
                }
            }

            Store(a, b, c, d, target + channel);
        }

        for (; channel < geometry.GroupChannels; channel++)
        {
            var sum = T.Zero;
            for (var y = 0; y < window.Rows * geometry.Factor; y++)
            {
                var first = window.OutputCell(geometry, y);
                var pixel = gradient + (first * geometry.Channels) + channel;
                var tap = kernels + (first * step) + window.LastTap(geometry, y / geometry.Factor);
                for (var x = 0; x < window.Columns; x++, tap--)
                {
                    for (var part = 0; part < geometry.Factor; part++, pixel += geometry.Channels, tap += step)
                    {
                        sum += *tap * *pixel;
                    }
                }
            }

            target[channel] = sum;
        }
    }

    private static void Products(CarafeGeometry geometry, Window window, T* map, T* cell, T* kernel)
    {
        var corner = map + window.Corner(geometry);
        for (var y = 0; y < window.Rows; y++)
        {
            var pixel = corner + (y * (long)geometry.Width * geometry.Channels);
            var tap = kernel + window.FirstTap + (y * geometry.Kernel);
            for (var x = 0; x < window.Columns; x++, pixel += geometry.Channels)
            {
                tap[x] = Product(pixel, cell, geometry.GroupChannels);
            }
        }
    }

    private static T Product(T* first, T* second, int length)
    {
        var (a, b) = (Vector<T>.Zero, Vector<T>.Zero);
        var i = 0;
        for (; i <= length - (2 * Vector<T>.Count); i += 2 * Vector<T>.Count)
        {
            a += Vector.Load(first + i) * Vector.Load(second + i);
            b += Vector.Load(first + i + Vector<T>.Count) * Vector.Load(second + i + Vector<T>.Count);
        }

        var sum = Vector.Sum(a + b);
        for (; i < length; i++)
        {
            sum += first[i] * second[i];
        }

        return sum;
    }

    private static void Store(Vector<T> a, Vector<T> b, Vector<T> c, Vector<T> d, T* target)
    {
        Vector.Store(a, target);
        Vector.Store(b, target + Vector<T>.Count);
        Vector.Store(c, target + (2 * Vector<T>.Count));
        Vector.Store(d, target + (3 * Vector<T>.Count));
    }

    /// <summary>The part of a cell's window that lies on the map.</summary>
    private readonly struct Window
    {
        private readonly int top;
        private readonly int left;
        private readonly int centreY;
        private readonly int centreX;

        public Window(CarafeGeometry geometry, int y, int x)
        {
            (centreY, centreX) = (y, x);
            (top, left) = (Math.Max(0, y - geometry.Reach), Math.Max(0, x - geometry.Reach));
            Rows = Math.Min(geometry.Height, y + geometry.Reach + 1) - top;
            Columns = Math.Min(geometry.Width, x + geometry.Reach + 1) - left;
            FirstTap = ((top - y + geometry.Reach) * geometry.Kernel) + left - x + geometry.Reach;
        }

        public int Rows { get; }

        public int Columns { get; }

        /// <summary>Place of the first cell within the window.</summary>
        public int FirstTap { get; }

        public long Corner(CarafeGeometry geometry) => (((long)top * geometry.Width) + left) * geometry.Channels;

        /// <summary>The first cell of the output in a row of those whose centres lie in the window.</summary>
        public long OutputCell(CarafeGeometry geometry, int row) =>
            ((((long)top * geometry.Factor) + row) * geometry.OutputWidth) + ((long)left * geometry.Factor);

        /// <summary>Place of this window's centre within the window around the first cell of a row.</summary>
        public int LastTap(CarafeGeometry geometry, int row) =>
            ((centreY - top - row + geometry.Reach) * geometry.Kernel) + centreX - left + geometry.Reach;
    }
}
