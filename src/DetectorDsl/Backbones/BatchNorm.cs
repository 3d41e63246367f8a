using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Batch normalisation over N, H and W of an N x C x H x W tensor (Ioffe and Szegedy 2015).</summary>
/// <param name="Mode">What is used and learnt during training; default: batch statistics.</param>
/// <param name="Epsilon">Added to the variance; 0 in torchvision's published Faster R-CNN, Mask R-CNN and RetinaNet. Default 1e-5.</param>
/// <param name="Momentum">Weight of the newest batch in the running statistics. Default 0.1.</param>
[Component]
public record BatchNorm(
    BatchNormMode Mode = BatchNormMode.Train,
    [Range(0.0, 1.0)] double Epsilon = 1e-5,
    [Range(0.0, 1.0)] double Momentum = 0.1
) : Normalization;
