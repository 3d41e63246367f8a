using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>What RoIAlign refuses, with or without a kernel of our own: memory is read by these numbers.</summary>
internal static class RoIAlignInputs
{
    /// <summary>Maps hold something and are alike.</summary>
    /// <param name="maps">N x C x H x W each.</param>
    /// <exception cref="ArgumentException">One is empty, or of another type or number of channels than the first.</exception>
    public static void CheckMaps(IReadOnlyList<Tensor> maps)
    {
        var (type, shape) = (maps[0].dtype, maps[0].shape);
        if (maps.FirstOrDefault(map => map.numel() == 0 || map.dtype != type || map.shape[1] != shape[1]) is { } odd)
        {
            throw new ArgumentException(
                $"RoIAlign takes maps that are not empty, of one type and one number of channels; one is {odd.dtype} [{string.Join(", ", odd.shape)}], the first {type} [{string.Join(", ", shape)}].",
                nameof(maps)
            );
        }
    }

    /// <summary>Regions lie in images that are there.</summary>
    /// <param name="regions">R x 5 numbers.</param>
    /// <param name="images">Images that the maps hold.</param>
    /// <exception cref="ArgumentOutOfRangeException">A region names another image.</exception>
    public static void CheckImages<T>(ReadOnlySpan<T> regions, long images)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var row = 0; row < regions.Length / 5; row++)
        {
            var image = double.CreateTruncating(regions[row * 5]);
            if (!(image >= 0 && image < images))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(regions),
                    $"Region {row} names image {image}, and the maps hold {images} images."
                );
            }
        }
    }
}
