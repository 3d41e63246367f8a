using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Training;

/// <summary>What the template of the training loop prints.</summary>
internal sealed record TrainingFile(
    DeclarationNames Names,
    bool HasMasks,
    string? InformedLoss,
    string TrainOnly,
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
    string Sampler) : FilePlan("Training", "Training", Names)
{
    public bool HasInformedLoss => InformedLoss is not null;

    public bool TrainsPart => TrainOnly.Length > 0;
}
