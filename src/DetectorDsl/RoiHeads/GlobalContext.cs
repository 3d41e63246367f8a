using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>A vector that says what the image is about, added to the features of all regions; it learns which classes are in the image (HTC-Lite's context encoder).</summary>
/// <remarks>
/// The paper (Seesaw Loss, Wang et al. 2021, appendix D.1) leaves level, number of convolutions and weight open: the coarsest level, four and 1 are chosen
/// here after mmdetection's global_context_head.py. Parameter names: <c>roi_head.glbctx_head</c>.
/// </remarks>
[Component]
public record GlobalContext
{
    /// <summary>3x3 convolutions. Default 4.</summary>
    [Range(0, 16)]
    public int Layers { get; init; } = 4;

    /// <summary>Weight of the binary cross-entropy over the classes. Default 1.</summary>
    [Range(0.0, 1000.0)]
    public double LossWeight { get; init; } = 1.0;
}
