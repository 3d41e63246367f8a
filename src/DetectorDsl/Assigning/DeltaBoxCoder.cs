using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Offsets of the centre in units of the box and logarithms of the size ratios, divided by fixed stds.</summary>
/// <remarks>
/// tx = (gx - px) / pw / CentreStd, tw = ln(gw / pw) / SizeStd; |tw| is limited to ln(1000/16). Source: R-CNN, appendix C; mmdetection, delta_xywh_bbox_coder.py.
/// </remarks>
/// <param name="CentreStd">Std of tx and ty. Default 1 (0.1 in box heads).</param>
/// <param name="SizeStd">Std of tw and th. Default 1 (0.2 in box heads).</param>
[Component]
public record DeltaBoxCoder(
    [Range(0.0, 100.0, MinimumIsExclusive = true)] double CentreStd = 1.0,
    [Range(0.0, 100.0, MinimumIsExclusive = true)] double SizeStd = 1.0
) : BoxCoder
{
    /// <summary>Whether shrinking is limited as growing is, to 16/1000 of the box (true, default; mmdetection), or not at all (torchvision, _utils.py, BoxCoder).</summary>
    public bool LimitShrinking { get; init; } = true;
}
