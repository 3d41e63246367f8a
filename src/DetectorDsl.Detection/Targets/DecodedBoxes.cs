using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Targets;

/// <summary>Boxes of the positive anchors, for losses that hold boxes against boxes.</summary>
/// <remarks>Source: torchvision, models/detection/_utils.py, _box_loss; mmdetection, reg_decoded_bbox.</remarks>
public static class DecodedBoxes
{
    /// <summary>Decodes predictions and targets of the positive anchors.</summary>
    /// <param name="targets">The anchors and the offsets of their objects.</param>
    /// <param name="offsets">P x 4 predicted offsets.</param>
    /// <param name="coder">Form of the offsets.</param>
    /// <returns>P x 4 predicted boxes, with a gradient, and P x 4 boxes of the objects: x1, y1, x2, y2, not limited to the image.</returns>
    public static (Tensor Predicted, Tensor Objects) Of(DenseTargetSet targets, Tensor offsets, DeltaBoxCoder coder)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(offsets);
        ArgumentNullException.ThrowIfNull(coder);
        using var scope = NewDisposeScope();
        var anchors = targets.PositiveBoxes.ToTensor(offsets.device).to(offsets.dtype);
        var objects = coder.Decode(anchors, targets.Offsets.to(offsets.dtype));
        return (coder.Decode(anchors, offsets).MoveToOuterDisposeScope(), objects.MoveToOuterDisposeScope());
    }
}
