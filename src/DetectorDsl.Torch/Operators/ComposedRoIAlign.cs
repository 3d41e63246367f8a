using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>RoIAlign from library operators, for devices and precisions without a kernel of our own; also what the kernel is tested against.</summary>
internal static class ComposedRoIAlign
{
    /// <summary>Cuts regions out of one map.</summary>
    public static Tensor Apply(Tensor features, Tensor rois, double scale, RoIAlignGeometry geometry) =>
        Apply([features], RoiRows.Of(rois), null, [scale], geometry);

    /// <summary>Cuts regions out of several maps.</summary>
    /// <remarks>
    /// A cell is a weighted sum of pixels, pixels are rows of a table, and so all cells of all levels are one call of the library's sum over bags of rows.
    /// The pixels and their weights follow from the RoIs on the host.
    /// </remarks>
    public static Tensor Apply(
        IReadOnlyList<Tensor> maps,
        RoiRows rois,
        int[]? levels,
        IReadOnlyList<double> scales,
        RoIAlignGeometry geometry
    )
    {
        RoIAlignInputs.CheckMaps(maps);
        var (count, channels, device, type) = (rois.Count, maps[0].shape[1], maps[0].device, maps[0].dtype);
        if (count == 0)
        {
            return zeros([0, channels, geometry.OutputHeight, geometry.OutputWidth], dtype: type, device: device);
        }

        using var scope = NewDisposeScope();
        var regions = rois.In<double>();
        RoIAlignInputs.CheckImages<double>(regions, maps[0].shape[0]);
        var bags = new PixelBags(regions, levels, PixelBags.Table.Of(maps, scales), geometry);
        var pixels = cat([.. maps.Select(map => map.permute(0, 2, 3, 1).reshape(-1, channels))]);
        return bags.Sum(pixels)
            .view(count, geometry.OutputHeight, geometry.OutputWidth, channels)
            .permute(0, 3, 1, 2)
            .MoveToOuterDisposeScope();
    }
}
