using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>NorCal (Pan et al. 2021): the scores of frequent classes are lowered after training, those of the background stay, and all are normalised anew.</summary>
/// <remarks>
/// score_c = a_c s_c / ( sum over classes of a_k s_k + s_background ), a_c = 1 / n_c^Gamma with n_c the training images of the class, from the category file.
/// For losses whose scores sum to 1 (softmax, with an objectness branch, too); it is the same on exponentials of logits and on probabilities.
/// Source: arXiv 2107.02170, section 3; tydpan/NorCal, roi_heads.py.
/// </remarks>
/// <param name="Gamma">Strength; 0 changes nothing. To be tuned on validation data; the paper's values lie near 0.6. Default 0.6.</param>
/// <param name="Form">How a class's factor follows from its count. Default: a power.</param>
[Component]
public record NorCal([property: TrainerOption, Range(0.0, 10.0)] double Gamma = 0.6, NorCalForm Form = NorCalForm.Power) : ScoreCalibration;

/// <summary>How <see cref="NorCal" /> makes a factor of a class's number n of images.</summary>
public enum NorCalForm
{
    /// <summary>1 / n^Gamma.</summary>
    Power,

    /// <summary>(1 - Gamma) / (1 - Gamma^n), the class-balanced weight; Gamma below 1, such as 0.999.</summary>
    ClassBalanced,
}
