namespace DetectorDsl;

/// <summary>Faster R-CNN whose feature pyramid enlarges maps by CARAFE (Wang et al. 2019).</summary>
/// <remarks>Defaults are mmdetection's, configs/carafe/faster-rcnn_r50-fpn-carafe_1x_coco.py.</remarks>
[Detector]
public abstract partial record CarafeFasterRcnn : FasterRcnn
{
    /// <summary>What fuses the backbone's feature maps. Default: a feature pyramid with CARAFE of five levels with 256 channels.</summary>
    public override Neck Neck => new CarafeFpn();

    /// <summary>What is done to every image. Default: ImageNet's mean and std, 1,333 x 800 pixels, padded to multiples of 64.</summary>
    public override Preprocessing Preprocessing => new() { PadTo = 64 };
}
