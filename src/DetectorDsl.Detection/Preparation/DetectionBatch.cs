using System.Collections.Immutable;
using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Preparation;

/// <summary>Images with what is known of them.</summary>
/// <param name="Images">N x 3 x H x W, normalised, padded with zeros at the bottom and right.</param>
/// <param name="Shapes">Sizes of the N images.</param>
/// <param name="Truths">Objects of the N images.</param>
public sealed record DetectionBatch(Tensor Images, ImmutableArray<ImageShape> Shapes, ImmutableArray<GroundTruth> Truths) : IDisposable
{
    /// <summary>Number of images, N.</summary>
    public int Count => Shapes.Length;

    /// <summary>The batch with its images on a device; objects stay on the host. The copy overlaps with the host's work where the memory is pinned.</summary>
    /// <param name="device">The device.</param>
    /// <returns>This batch where it is there already; else a new one that owns everything, and this one's images are freed.</returns>
    public DetectionBatch To(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (Images.device_type == device.type)
        {
            return this;
        }

        var moved = Images.to(device, non_blocking: true).DetachFromDisposeScope();
        Images.Dispose();
        return this with { Images = moved };
    }

    /// <summary>Frees the images.</summary>
    public void Dispose() => Images.Dispose();
}
