using System.Numerics;

namespace DetectorDsl.Torch.Operators;

/// <summary>One axis of a region: what each pixel along it contributes to each cell's mean of samples.</summary>
/// <param name="geometry">How regions are sampled.</param>
/// <param name="cells">Cells along the axis.</param>
internal sealed class AxisWeights<T>(RoIAlignGeometry geometry, int cells)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<Tap> taps = [];
    private readonly (int First, int Start, int Count)[] runs = new (int, int, int)[cells];
    private T[] weights = new T[4 * cells];

    /// <summary>The pixels that a cell is made of.</summary>
    public PixelRun<T> this[int cell] => new(runs[cell].First, weights.AsSpan(runs[cell].Start, runs[cell].Count));

    /// <summary>Takes up a region.</summary>
    /// <param name="start">Lower end in pixels of the image.</param>
    /// <param name="end">Upper end.</param>
    /// <param name="scale">Pixels of the feature map per pixel of the image.</param>
    /// <param name="size">Length of the feature map.</param>
    public void Take(double start, double end, double scale, int size)
    {
        var samples = geometry.Axis(start, end, scale, size, cells, taps);
        var used = 0;
        for (var cell = 0; cell < cells; cell++)
        {
            var (low, high) = (size, -1);
            for (var sample = cell * samples; sample < (cell + 1) * samples; sample++)
            {
                if (!taps[sample].IsOutside)
                {
                    (low, high) = (Math.Min(low, taps[sample].Low), Math.Max(high, taps[sample].High));
                }
            }

            var count = Math.Max(0, high - low + 1);
            runs[cell] = (count == 0 ? 0 : low, used, count);
            Reserve(used + count);
            var run = weights.AsSpan(used, count);
            run.Clear();
            for (var sample = cell * samples; sample < (cell + 1) * samples && count > 0; sample++)
            {
                var tap = taps[sample];
                if (!tap.IsOutside)
                {
                    run[tap.Low - low] += T.CreateTruncating(tap.LowWeight / samples);
                    run[tap.High - low] += T.CreateTruncating(tap.HighWeight / samples);
                }
            }

            used += count;
        }
    }

    private void Reserve(int length)
    {
        if (length > weights.Length)
        {
            Array.Resize(ref weights, Math.Max(length, 2 * weights.Length));
        }
    }
}

/// <summary>Neighbouring pixels of an axis with their weights.</summary>
internal readonly ref struct PixelRun<T>(int first, ReadOnlySpan<T> weights)
{
    private readonly ReadOnlySpan<T> weights = weights;

    /// <summary>The first pixel.</summary>
    public int First { get; } = first;

    /// <summary>Number of pixels; 0 where a cell lies outside the map.</summary>
    public int Count => weights.Length;

    /// <summary>Weight of a pixel, counted from the first.</summary>
    public T this[int pixel] => weights[pixel];
}
