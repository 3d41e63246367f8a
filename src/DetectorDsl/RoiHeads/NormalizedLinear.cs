using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Cosine classifier: both the features and each row of weights are normalised before the product.</summary>
/// <remarks>
/// z = Temperature * x / (|x|^Power + Epsilon) . w / (|w|^Power + Epsilon) + b. Source: Seesaw Loss (Wang et al. 2021), section 3.2; mmdetection, normed_predictor.py.
/// </remarks>
/// <param name="Temperature">Factor of the cosine. Default 20.</param>
/// <param name="Power">Exponent of the norms. Default 1.</param>
/// <param name="Epsilon">Added to the norms. Default 1e-6.</param>
[Component]
public record NormalizedLinear(
    [Range(0.0, 1000.0, MinimumIsExclusive = true)] double Temperature = 20.0,
    [Range(0.0, 10.0)] double Power = 1.0,
    [Range(0.0, 1.0)] double Epsilon = 1e-6
) : Classifier;
