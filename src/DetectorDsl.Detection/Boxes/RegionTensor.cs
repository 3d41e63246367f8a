using System.Numerics;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Boxes;

/// <summary>Regions of several images as one tensor.</summary>
public static class RegionTensor
{
    /// <summary>Puts the index of its image before each region.</summary>
    /// <param name="regions">P regions of each image.</param>
    /// <param name="device">Device of the result.</param>
    /// <returns>R x 5: image, x1, y1, x2, y2; images in order, in the regions' precision.</returns>
    public static Tensor Of(IReadOnlyList<HostBoxes> regions, Device device)
    {
        ArgumentNullException.ThrowIfNull(regions);
        return AnchorLevels.AreDouble(regions) ? Rows<double>(regions, device) : Rows<float>(regions, device);
    }

    private static Tensor Rows<T>(IReadOnlyList<HostBoxes> regions, Device device)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var rows = new T[regions.Sum(boxes => boxes.Count) * 5];
        var next = 0;
        for (var image = 0; image < regions.Count; image++)
        {
            var boxes = regions[image].In<T>();
            for (var i = 0; i < boxes.Length; i += 4)
            {
                rows[next] = T.CreateTruncating(image);
                boxes.AsSpan(i, 4).CopyTo(rows.AsSpan(next + 1));
                next += 5;
            }
        }

        return TensorPrecision.ToTensor(rows, [rows.Length / 5, 5], device);
    }
}
