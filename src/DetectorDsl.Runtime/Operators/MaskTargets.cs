using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Operators;

/// <summary>What the mask head is trained towards: each object's mask, cut out by a region and resampled.</summary>
public static class MaskTargets
{
    /// <summary>Cuts masks out by RoIAlign with scale 1 and adaptive sampling.</summary>
    /// <param name="masks">G x H x W, uint8 0 or 1, of one image.</param>
    /// <param name="boxes">P x 4, in pixels of the masks.</param>
    /// <param name="matched">P object indices, int64.</param>
    /// <param name="size">Cells per side, s.</param>
    /// <param name="aligned">Whether coordinates are shifted by half a pixel (mmdetection: true; torchvision: false).</param>
    /// <param name="threshold">Values become 1 from here on and 0 below; null keeps the averages.</param>
    /// <exception cref="ArgumentOutOfRangeException">A region belongs to an object that has no mask.</exception>
    /// <returns>P x s x s, float32, on the device of the boxes. Inputs on another device are copied to the host once.</returns>
    public static unsafe Tensor Crop(Tensor masks, Tensor boxes, Tensor matched, int size, bool aligned = true, double? threshold = 0.5)
    {
        ArgumentNullException.ThrowIfNull(masks);
        ArgumentNullException.ThrowIfNull(boxes);
        using var scope = NewDisposeScope();
        var count = (int)boxes.shape[0];
        var (height, width) = ((int)masks.shape[1], (int)masks.shape[2]);
        var targets = empty([count, size, size], dtype: ScalarType.Float32);
        var maskPixels = (nint)CpuMemory.Pointer<byte>(CpuMemory.Contiguous(masks, ScalarType.Byte));
        var regions = CpuMemory.Span<double>(CpuMemory.Contiguous(boxes, ScalarType.Float64)).ToArray();
        var objects = CpuMemory.Span<long>(CpuMemory.Contiguous(matched, ScalarType.Int64)).ToArray();
        if (Array.FindIndex(objects, item => item < 0 || item >= masks.shape[0]) is var odd and >= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(matched), $"Region {odd} belongs to object {objects[odd]}, and there are masks of {masks.shape[0]} objects.");
        }

        var results = (nint)CpuMemory.Pointer<float>(targets);
        var geometry = new RoIAlignGeometry(size, size, 0, aligned);
        Parallel.For(0, count, () => (Rows: new List<Tap>(), Columns: new List<Tap>()), (index, _, taps) =>
        {
            var samplesX = geometry.Axis(regions[index * 4], regions[(index * 4) + 2], 1, width, size, taps.Columns);
            var samplesY = geometry.Axis(regions[(index * 4) + 1], regions[(index * 4) + 3], 1, height, size, taps.Rows);
            var mask = (byte*)maskPixels + (objects[index] * height * width);
            var target = (float*)results + ((long)index * size * size);
            for (var cell = 0; cell < size * size; cell++)
            {
                var sum = 0.0;
                var (cellY, cellX) = (cell / size, cell % size);
                for (var y = cellY * samplesY; y < (cellY + 1) * samplesY; y++)
                {
                    var row = taps.Rows[y];
                    for (var x = cellX * samplesX; x < (cellX + 1) * samplesX; x++)
                    {
                        var column = taps.Columns[x];
                        sum += (row.LowWeight * ((column.LowWeight * mask[(row.Low * width) + column.Low]) + (column.HighWeight * mask[(row.Low * width) + column.High])))
                            + (row.HighWeight * ((column.LowWeight * mask[(row.High * width) + column.Low]) + (column.HighWeight * mask[(row.High * width) + column.High])));
                    }
                }

                var average = sum / Math.Max(1, samplesX * samplesY);
                target[cell] = threshold is { } limit ? (average >= limit ? 1f : 0f) : (float)average;
            }

            return taps;
        }, _ => { });
        return targets.to(boxes.device).MoveToOuterDisposeScope();
    }
}
