using System.Collections.Immutable;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Images;
using DetectorDsl.Runtime.Heads;
using DetectorDsl.Runtime.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Inference;

/// <summary>Images as a detector takes them, on the host.</summary>
/// <param name="Images">N x 3 x H x W.</param>
/// <param name="Shapes">Sizes of the N images.</param>
internal sealed record PreparedImages(Tensor Images, ImmutableArray<ImageShape> Shapes) : IDisposable
{
    public static PreparedImages From(ImagePreparation preparation, BatchPixels pixels, IReadOnlyList<(long Id, RgbImage Image)> images)
    {
        var resized = images.Select(item => preparation.Apply(item.Image)).ToList();
        var stack = ImageStack.Of(resized, pixels).DetachFromDisposeScope();
        return new PreparedImages(stack, [.. images.Select((item, i) => new ImageShape(item.Id, resized[i].Height, resized[i].Width, item.Image.Height, item.Image.Width))]);
    }

    /// <summary>Runs the detector on the images.</summary>
    public ImageDetections[] Detect(IImageDetector detector)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        return detector.Detect(Images.to(detector.Device), Shapes);
    }

    public void Dispose() => Images.Dispose();
}
