using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Multiplies the learning rate at the end of given epochs.</summary>
/// <param name="Epochs">Epochs (fractions allowed) after which the rate falls, rising.</param>
/// <param name="Gamma">Factor at each. Default 0.1.</param>
[Component]
public record MultiStep(
    [MinLength(1), Range(0.0, 100000.0, MinimumIsExclusive = true), Ascending] ValueList<double> Epochs,
    [Range(0.0, 1.0)] double Gamma = 0.1
) : Schedule;
