using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Group normalisation over the channels of a group and H and W (Wu and He 2018). Independent of the batch size.</summary>
/// <param name="Groups">Groups of channels; must divide every channel count it meets. Default 32.</param>
/// <param name="Epsilon">Added to the variance. Default 1e-5.</param>
[Component]
public record GroupNorm([Range(1, 1024)] int Groups = 32, [Range(0.0, 1.0, MinimumIsExclusive = true)] double Epsilon = 1e-5)
    : Normalization;
