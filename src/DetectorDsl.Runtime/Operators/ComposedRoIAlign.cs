using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Operators;

/// <summary>RoIAlign from library operators, for devices without a kernel of our own; also the reference that the kernel is tested against.</summary>
internal static class ComposedRoIAlign
{
    /// <remarks>
    /// One copy to the host: the regions, for the sampling counts. Each axis becomes a matrix of interpolation weights (R x cells x length), so
    /// that a region is Wy x map x Wx'.
    /// </remarks>
    public static Tensor Apply(Tensor features, Tensor rois, double scale, RoIAlignGeometry geometry)
    {
        var (count, channels) = (rois.shape[0], features.shape[1]);
        var (height, width) = ((int)features.shape[2], (int)features.shape[3]);
        if (count == 0)
        {
            return zeros([0, channels, geometry.OutputHeight, geometry.OutputWidth], dtype: features.dtype, device: features.device);
        }

        using var scope = NewDisposeScope();
        var regions = rois.detach().to(ScalarType.Float64).cpu().contiguous();
        var values = CpuMemory.Span<double>(regions).ToArray();
        var rows = Weights(values, 2, 4, scale, height, geometry.OutputHeight, geometry).to(features.dtype).to(features.device);
        var columns = Weights(values, 1, 3, scale, width, geometry.OutputWidth, geometry).to(features.dtype).to(features.device);
        var image = rois.select(1, 0).to(ScalarType.Int64);
        var results = new List<Tensor>();

        // In slices, so that the gathered maps of many regions do not fill the memory.
        const int Slice = 64;
        for (var first = 0L; first < count; first += Slice)
        {
            var length = Math.Min(Slice, count - first);
            var maps = features.index_select(0, image.narrow(0, first, length));
            var across = maps.matmul(columns.narrow(0, first, length).transpose(1, 2).unsqueeze(1));
            results.Add(rows.narrow(0, first, length).unsqueeze(1).matmul(across));
        }

        return cat(results, 0).MoveToOuterDisposeScope();
    }

    private static Tensor Weights(double[] rois, int startColumn, int endColumn, double scale, int size, int cells, RoIAlignGeometry geometry)
    {
        var count = rois.Length / 5;
        var weights = new double[count * cells * size];
        var taps = new List<Tap>();
        for (var roi = 0; roi < count; roi++)
        {
            var samples = geometry.Axis(rois[(roi * 5) + startColumn], rois[(roi * 5) + endColumn], scale, size, cells, taps);
            for (var i = 0; i < taps.Count; i++)
            {
                var row = ((roi * cells) + (i / samples)) * size;
                weights[row + taps[i].Low] += taps[i].LowWeight / samples;
                weights[row + taps[i].High] += taps[i].HighWeight / samples;
            }
        }

        return tensor(weights, [count, cells, size]);
    }
}
