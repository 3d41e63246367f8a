using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>An augmentation that cuts images, and what becomes of the objects that it cuts.</summary>
/// <remarks>
/// Outlines stay outlines, masks stay masks, and both are cut exactly. An object of which nothing is left, or whose box is left thinner than a
/// pixel, is removed.
/// </remarks>
[Component]
public abstract record Cropping : Augmentation
{
    /// <summary>Share of an object (of its mask where it has one, else of its box) that has to be left; below it the object is removed. Default 0:
    /// any share will do, as in mmdetection and detectron2.</summary>
    [Range(0.0, 1.0)]
    public double MinVisible { get; init; }

    /// <summary>Whether the box of an object that is cut is drawn anew around what is left of its mask, as detectron2 does. Default true; false
    /// cuts the box itself, as mmdetection does unless told <c>recompute_bbox</c>. Objects without a mask have their boxes cut.</summary>
    public bool BoxesFromMasks { get; init; } = true;
}
