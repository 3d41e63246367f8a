namespace DetectorDsl;

/// <summary>Residual network whose bottlenecks have groups (Xie et al. 2017): 101 layers, 32 groups of 4 channels unless said otherwise.</summary>
/// <remarks>
/// mmdetection's X-101-32x4d is <c>ResNeXt(101)</c>, X-101-64x4d is <c>ResNeXt(101, 64)</c>, torchvision's resnext101_32x8d is <c>ResNeXt(101, 32, 8)</c>.
/// Source: mmdetection, mmdet/models/backbones/resnext.py.
/// </remarks>
/// <param name="Depth">50, 101 or 152. Default 101.</param>
/// <param name="Groups">Groups of the 3x3 convolutions. Default 32.</param>
/// <param name="WidthPerGroup">Channels of each group in the first stage where BaseChannels are 64. Default 4.</param>
[Component]
public record ResNeXt(int Depth = 101, int Groups = 32, int WidthPerGroup = 4) : ResNet(Depth, Groups, WidthPerGroup);
