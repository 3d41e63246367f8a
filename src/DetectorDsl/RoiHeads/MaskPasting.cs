namespace DetectorDsl;

/// <summary>How a detection's square mask is brought onto the image.</summary>
public enum MaskPasting
{
    /// <summary>Sampled bilinearly at the centre of each pixel of the box. Source: mmdetection, fcn_mask_head.py; detectron2, mask_ops.py.</summary>
    AtPixelCentres,

    /// <summary>Widened by a border of one cell, the box cut to whole pixels, then resized to it. Source: torchvision, roi_heads.py, paste_masks_in_image; the first Detectron.</summary>
    ToWholePixels,
}
