using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Federated loss (Zhou et al. 2021): independent sigmoids, of which a step sees the classes of its regions and some more drawn by lot.</summary>
/// <remarks>
/// Binary cross-entropy of the classes that occur among the step's labels and of as many more as make up SampledClasses, drawn without replacement in proportion
/// to images^Power; background among the labels counts as one. L = sum over regions and these classes, divided by the number of regions. Scores are
/// sigmoids. Source: arXiv 2103.07461, section 5.4; detectron2, fast_rcnn.py.
/// </remarks>
/// <param name="SampledClasses">Classes of a step, its own included; at least C is binary cross-entropy of all. Default 50.</param>
/// <param name="Power">Exponent of the image counts that lots are drawn by. Default 0.5.</param>
/// <param name="LossWeight">Factor of the term. Default 1.</param>
[Component]
[Logits(0, Dense = false), LossTerms("loss_cls"), LossNeeds(ClassFrequencies = true, StepSeed = true)]
public record FederatedLoss(
    [Range(1, 1000000)] int SampledClasses = 50,
    [Range(0.0, 10.0)] double Power = 0.5,
    [Range(0.0, 1000.0)] double LossWeight = 1.0
) : ClassificationLoss;
