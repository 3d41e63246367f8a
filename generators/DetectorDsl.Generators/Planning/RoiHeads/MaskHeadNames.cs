using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.Structure;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>What others call the layers of a mask head; neither has one for each pass of a cascade.</summary>
/// <remarks>torchvision, models/detection/mask_rcnn.py; detectron2, modeling/roi_heads/mask_head.py.</remarks>
internal static class MaskHeadNames
{
    /// <summary>Of a transposed convolution.</summary>
    public static OtherNames Upsampling { get; } = new("roi_heads.mask_predictor.conv5_mask", "roi_heads.mask_head.deconv");

    /// <summary>torchvision's name of a block, and detectron2's of its convolution, which torchvision had before version 0.13.</summary>
    public static (string Torchvision, string Detectron2) Convolution(int index) =>
        ($"roi_heads.mask_head.{index}", $"roi_heads.mask_head.mask_fcn{1 + index}");

    public static OtherNames Predictor(ComponentValue predictor, bool agnostic) =>
        predictor.Info.Is("DetectorDsl.Convolution")
            ? new(agnostic ? null : "roi_heads.mask_predictor.mask_fcn_logits", "roi_heads.mask_head.predictor")
            {
                TorchvisionRows = agnostic ? null : ClassRows.OfTorchvision(perClass: 1, keepsBackground: false),
            }
            : OtherNames.None;
}
