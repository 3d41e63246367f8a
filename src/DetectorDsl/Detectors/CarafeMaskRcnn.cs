namespace DetectorDsl;

/// <summary>Mask R-CNN whose feature pyramid and mask head enlarge maps by CARAFE (Wang et al. 2019).</summary>
/// <remarks>Defaults are mmdetection's, configs/carafe/mask-rcnn_r50-fpn-carafe_1x_coco.py.</remarks>
[Detector]
public abstract partial record CarafeMaskRcnn : MaskRcnn
{
    /// <summary>What fuses the backbone's feature maps. Default: a feature pyramid with CARAFE of five levels with 256 channels.</summary>
    public override Neck Neck => new CarafeFpn();

    /// <summary>The branch that segments each object. Default: four convolutions and CARAFE, one mask per class.</summary>
    public override MaskHead MaskHead => new FcnMaskHead { Upsampling = new Carafe() };

    /// <summary>What is done to every image. Default: ImageNet's mean and std, 1,333 x 800 pixels, padded to multiples of 64.</summary>
    public override Preprocessing Preprocessing => new() { PadTo = 64 };
}
