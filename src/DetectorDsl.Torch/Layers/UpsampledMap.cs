using static TorchSharp.torch;

namespace DetectorDsl.Torch.Layers;

/// <summary>Brings an enlarged map to the size of the finer one that it is added to.</summary>
public static class UpsampledMap
{
    /// <summary>Cuts rows and columns off at the end. Doubling a size that was halved and rounded up gives one more where it was odd.</summary>
    /// <remarks>Source: mmdetection, mmdet/models/necks/fpn_carafe.py.</remarks>
    /// <param name="map">N x C x H' x W'.</param>
    /// <param name="finer">N x C x H x W.</param>
    /// <returns>N x C x H x W, a view of the map.</returns>
    /// <exception cref="ArgumentException">The map is smaller.</exception>
    public static Tensor CutTo(Tensor map, Tensor finer)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(finer);
        var (height, width) = (finer.shape[2], finer.shape[3]);
        if (map.shape[2] < height || map.shape[3] < width)
        {
            throw new ArgumentException(
                $"An up-sampled map of {map.shape[2]} x {map.shape[3]} is too small for the level of {height} x {width}: the backbone rounded its size down. Preprocessing.PadTo, as a multiple of the coarsest level's stride, keeps all sizes even.",
                nameof(map)
            );
        }

        using var rows = map.narrow(2, 0, height);
        return rows.narrow(3, 0, width);
    }
}
