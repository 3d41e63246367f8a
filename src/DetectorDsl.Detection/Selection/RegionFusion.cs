using DetectorDsl.Native;
using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Selection;

/// <summary>Adds to the features of regions what other branches know of their places.</summary>
/// <remarks>Source: mmdetection, htc_roi_head.py and scnet_roi_head.py.</remarks>
public static class RegionFusion
{
    /// <summary>Adds other features of the same regions, averaged to the same size where they are larger.</summary>
    /// <param name="features">R x C x s x s.</param>
    /// <param name="other">R x C x t x t.</param>
    /// <returns>R x C x s x s.</returns>
    public static Tensor AddPooled(Tensor features, Tensor other)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(other);
        using var scope = NewDisposeScope();
        var pooled = other.shape[2] == features.shape[2] ? other : nn.functional.adaptive_avg_pool2d(other, features.shape[2]);
        return features.Plus(pooled).MoveToOuterDisposeScope();
    }

    /// <summary>Adds to every region the vector of its image.</summary>
    /// <param name="features">R x C x s x s.</param>
    /// <param name="context">N x C x 1 x 1.</param>
    /// <param name="rois">The R RoIs.</param>
    /// <returns>R x C x s x s.</returns>
    public static Tensor AddContext(Tensor features, Tensor context, Rois rois)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(rois);
        using var scope = NewDisposeScope();
        return features.Plus(context.index_select(0, tensor(rois.ImageIndices(), device: context.device))).MoveToOuterDisposeScope();
    }
}
