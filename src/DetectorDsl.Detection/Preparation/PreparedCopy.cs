using DetectorDsl.Structures;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Preparation;

/// <summary>One copy of each of N images, as a detector takes them.</summary>
/// <param name="Copy">How the copies differ from the images.</param>
/// <param name="Images">N x 3 x H x W, normalised, padded with zeros at the bottom and right.</param>
/// <param name="Shapes">Sizes of the N copies.</param>
public sealed record PreparedCopy(ImageCopy Copy, Tensor Images, IReadOnlyList<ImageShape> Shapes);
