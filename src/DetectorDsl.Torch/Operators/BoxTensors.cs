using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>Boxes and RoIs of the host as tensors.</summary>
public static class BoxTensors
{
    /// <summary>The precision as torch names it.</summary>
    /// <param name="boxes">The boxes.</param>
    /// <returns>Single or double.</returns>
    public static ScalarType Type(this Boxes boxes)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        return boxes.AreDouble ? ScalarType.Float64 : ScalarType.Float32;
    }

    /// <summary>The boxes as a tensor in their precision.</summary>
    /// <param name="boxes">B boxes.</param>
    /// <param name="device">Device of the tensor.</param>
    /// <returns>B x 4: x1, y1, x2, y2.</returns>
    public static Tensor ToTensor(this Boxes boxes, Device device)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        return boxes.AreDouble
            ? TensorPrecision.ToTensor(boxes.Numbers<double>().ToArray(), [boxes.Count, 4], device)
            : TensorPrecision.ToTensor(boxes.Numbers<float>().ToArray(), [boxes.Count, 4], device);
    }

    /// <summary>RoIs as one tensor in their precision.</summary>
    /// <param name="rois">R RoIs.</param>
    /// <param name="device">Device of the tensor.</param>
    /// <returns>R x 5: image, x1, y1, x2, y2; images in order.</returns>
    public static Tensor ToTensor(this Rois rois, Device device)
    {
        ArgumentNullException.ThrowIfNull(rois);
        return Boxes.AnyDouble(rois.Images)
            ? TensorPrecision.ToTensor(rois.Rows<double>(), [rois.Count, 5], device)
            : TensorPrecision.ToTensor(rois.Rows<float>(), [rois.Count, 5], device);
    }
}
