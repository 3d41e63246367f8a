using System.Numerics;
using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>RoIs on the host as RoIAlign reads them: R x 5 numbers (image, x1, y1, x2, y2) in single or double precision.</summary>
internal sealed class RoiRows
{
    private readonly float[]? single;
    private readonly double[]? exact;

    private RoiRows(float[]? single, double[]? exact) => (this.single, this.exact) = (single, exact);

    /// <summary>Number of RoIs, R.</summary>
    public int Count => (single?.Length ?? exact!.Length) / 5;

    /// <summary>Whether they are in double precision.</summary>
    public bool AreDouble => exact is not null;

    /// <summary>RoIs that are on the host.</summary>
    public static RoiRows Of(Rois rois)
    {
        ArgumentNullException.ThrowIfNull(rois);
        return Boxes.AnyDouble(rois.Images) ? new RoiRows(null, rois.Rows<double>()) : new RoiRows(rois.Rows<float>(), null);
    }

    /// <summary>RoIs of a tensor, R x 5; one copy to the host.</summary>
    public static RoiRows Of(Tensor rois)
    {
        ArgumentNullException.ThrowIfNull(rois);
        using var scope = NewDisposeScope();
        return TensorPrecision.IsDouble(rois)
            ? new RoiRows(null, TensorPrecision.Values<double>(rois).ToArray())
            : new RoiRows(TensorPrecision.Values<float>(rois).ToArray(), null);
    }

    /// <summary>The numbers in a precision, not to be changed.</summary>
    public T[] In<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        single is not null ? Precision.Of<float, T>(single) : Precision.Of<double, T>(exact!);
}
