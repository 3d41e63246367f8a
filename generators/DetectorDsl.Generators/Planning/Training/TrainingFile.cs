using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Training;

/// <summary>What the template of the training loop prints.</summary>
internal sealed record TrainingFile(
    DeclarationNames Names,
    bool HasMasks,
    EquatableArray<string> InformedLosses,
    string TrainOnly,
    string GradientStatistics,
    ObjectCode Optimizer,
    string Schedule,
    string LearningRate,
    string AccumulationSteps,
    string ClipNorm,
    string Epochs,
    string BatchSize,
    string GroupByAspectRatio,
    string LogEvery,
    string CheckpointEvery,
    string LoaderThreads,
    EquatableArray<string> Augmentations,
    string Sampler
) : FilePlan("Training", "Training", Names)
{
    public bool HasInformedLosses => InformedLosses.Count > 0;

    /// <summary>The one that says what its thresholds reach; those of other passes say the same.</summary>
    public string FirstInformedLoss => InformedLosses.FirstOrDefault() ?? "";

    public bool TrainsPart => TrainOnly.Length > 0;
}
