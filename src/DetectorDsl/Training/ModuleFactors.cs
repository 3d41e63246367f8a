using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>By what the optimizer's learning rate and weight decay are multiplied for the parameters of a module.</summary>
/// <param name="Module">
/// The module by its name in the description: <c>backbone</c>, <c>roi_head.bbox_head.fc_cls</c>. All modules below it are meant, too.
/// </param>
/// <param name="LearningRate">Factor of the learning rate. Default 1.</param>
/// <param name="WeightDecay">Factor of the weight decay. Default 1.</param>
[Component]
public record ModuleFactors(
    [MinLength(1)] string Module,
    [Range(0.0, 1000.0)] double LearningRate = 1.0,
    [Range(0.0, 1000.0)] double WeightDecay = 1.0
);
