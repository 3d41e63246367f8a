using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Simple Copy-Paste: some objects of another image are pasted over this one, pixel by pixel of their masks.</summary>
/// <remarks>
/// <para>The other image is any of the data set, this one included, each alike often; it passes the augmentations that stand before this one, with
/// random numbers of its own, and is laid over this one's upper left corner. How many objects are pasted is drawn from 0 to their number or
/// <see cref="MaxObjects" />, each number alike often. Edges are not blended (section 3: it makes no difference).</para>
/// <para>What is pasted hides what lies below: masks of hidden objects lose those pixels and become run-length masks, their boxes are drawn anew
/// around what is left; the others stay as they are. Objects without a mask keep their boxes. Crowds stay.</para>
/// <para>Source: Ghiasi et al., "Simple Copy-Paste is a Strong Data Augmentation Method for Instance Segmentation", 2021, section 3; mmdetection,
/// CopyPaste.</para>
/// </remarks>
/// <param name="Probability">Share of the images over which something is pasted. Default 1.</param>
/// <param name="MaxObjects">Most objects that are pasted. Default 100.</param>
[Component]
public record CopyPaste([Range(0.0, 1.0)] double Probability = 1.0, [Range(1, 10000)] int MaxObjects = 100) : Augmentation
{
    /// <summary>Share of an object (of its mask where it has one, else of its box) that has to be left; below it the object is removed. Default
    /// 0.1. (The paper removes what is hidden altogether; mmdetection what has under 300 pixels left and has lost 10 pixels of its box's length.)</summary>
    [Range(0.0, 1.0)]
    public double MinVisible { get; init; } = 0.1;
}
