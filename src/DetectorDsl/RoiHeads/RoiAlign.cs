using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>RoIAlign (He et al. 2017): bilinear samples averaged in a regular grid, from the pyramid level that fits the region's size.</summary>
/// <remarks>
/// Level = floor(log2(sqrt(w h) / FinestScale + 1e-6)), limited to the levels used. Source: FPN, equation 1; mmdetection, single_level_roi_extractor.py.
/// </remarks>
/// <param name="OutputSize">Cells per side: 7 for boxes, 14 for masks.</param>
[Component]
public record RoiAlign([Range(1, 256)] int OutputSize) : RoiExtractor
{
    /// <summary>Samples per cell and axis; 0 (default) adapts to the region's size.</summary>
    [Range(0, 16)]
    public int SamplingRatio { get; init; }

    /// <summary>Whether coordinates are shifted by half a pixel (true, default; mmdetection) or not (torchvision's models).</summary>
    public bool Aligned { get; init; } = true;

    /// <summary>Side in pixels of a region at the border between the finest level and none finer. Default 56.</summary>
    [Range(1, 4096)]
    public int FinestScale { get; init; } = 56;

    /// <summary>Strides of the pyramid levels used, finest first; null (default): the levels that come from the backbone's own.</summary>
    [MinLength(1), Range(1, 100000), Ascending]
    public ValueList<int>? Strides { get; init; }
}
