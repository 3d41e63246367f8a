using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Heads;

/// <summary>Regions of several images as one tensor.</summary>
public static class RegionTensor
{
    /// <summary>Puts the index of its image before each region.</summary>
    /// <param name="regions">P x 4 numbers (x1, y1, x2, y2) of each image.</param>
    /// <param name="device">Device of the result.</param>
    /// <returns>R x 5: image, x1, y1, x2, y2; images in order.</returns>
    public static Tensor Of(IReadOnlyList<float[]> regions, Device device)
    {
        ArgumentNullException.ThrowIfNull(regions);
        var rows = new float[regions.Sum(boxes => boxes.Length) / 4 * 5];
        var next = 0;
        for (var image = 0; image < regions.Count; image++)
        {
            for (var i = 0; i < regions[image].Length; i += 4)
            {
                rows[next] = image;
                regions[image].AsSpan(i, 4).CopyTo(rows.AsSpan(next + 1));
                next += 5;
            }
        }

        return tensor(rows, [rows.Length / 5, 5], device: device);
    }
}
