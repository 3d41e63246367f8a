namespace DetectorDsl;

/// <summary>How a region's mask target is cut from its object's mask: RoIAlign with adaptive sampling at the scale of the image.</summary>
/// <remarks>Source: mmdetection, structures/mask/structures.py, crop_and_resize; torchvision, roi_heads.py, project_masks_on_boxes.</remarks>
/// <param name="Aligned">Whether coordinates are shifted by half a pixel (true, default; mmdetection) or not (torchvision).</param>
/// <param name="Binary">Whether a cell is 1 from a coverage of one half on and 0 below (true, default; mmdetection), or keeps its coverage (torchvision).</param>
[Component]
public record MaskTargets(bool Aligned = true, bool Binary = true);
