using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Training;

/// <summary>What the template of the training loop prints.</summary>
internal sealed record TrainingFile(
    DeclarationNames Names,
    EquatableArray<FieldPlan> Fields,
    string ClassificationTerms,
    bool HasSeveralTerms,
    bool LossLearnsFrequencies,
    string ClassificationArguments,
    string AllTerms,
    string BoxFeatureShape,
    string BoxResultShapes,
    string? MaskSize,
    string? MaskLogitShape,
    ObjectCode Optimizer,
    string Schedule,
    string LearningRate,
    string AccumulationSteps,
    string ClipNorm,
    string Epochs,
    string BatchSize,
    string LogEvery,
    string CheckpointEvery,
    string LoaderThreads,
    EquatableArray<string> Augmentations,
    string Sampler,
    string Mean,
    string Deviation,
    string PadTo) : FilePlan("Training", "Training", Names)
{
    public bool HasMasks => MaskSize is not null;

    /// <summary>What receives the classification loss: one tensor, or a tuple.</summary>
    public string ClassificationResult => HasSeveralTerms ? $"({ClassificationTerms})" : ClassificationTerms;
}
