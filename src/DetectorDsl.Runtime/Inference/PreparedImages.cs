using System.Collections.Immutable;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Images;
using DetectorDsl.Runtime.Heads;
using DetectorDsl.Runtime.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Inference;

/// <summary>Images as a detector takes them, on the host.</summary>
/// <param name="Planes">N x 3 x H x W.</param>
/// <param name="Shapes">Sizes of the N images.</param>
internal sealed record PreparedImages(Tensor Planes, ImmutableArray<ImageShape> Shapes) : IDisposable
{
    public static PreparedImages From(ImagePreparation preparation, BatchPixels pixels, IReadOnlyList<(long Id, RgbImage Image)> images)
    {
        var resized = images.Select(item => preparation.Apply(item.Image)).ToList();
        var (height, width) = pixels.PaddedSize(resized);
        var planes = empty([images.Count, 3, height, width], dtype: ScalarType.Float32).DetachFromDisposeScope();
        var values = CpuMemory.Span<float>(planes);
        var size = 3 * height * width;
        for (var i = 0; i < resized.Count; i++)
        {
            pixels.Write(resized[i], values.Slice(i * size, size), height, width);
        }

        return new PreparedImages(planes, [.. images.Select((item, i) => new ImageShape(item.Id, resized[i].Height, resized[i].Width, item.Image.Height, item.Image.Width))]);
    }

    /// <summary>Runs the detector on the images.</summary>
    public ImageDetections[] Detect(IImageDetector detector)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        return detector.Detect(Planes.to(detector.Device), Shapes);
    }

    public void Dispose() => Planes.Dispose();
}
