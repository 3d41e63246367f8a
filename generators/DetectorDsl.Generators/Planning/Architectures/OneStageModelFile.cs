using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Structure;

namespace DetectorDsl.Generators.Planning.Architectures;

/// <summary>What the template of a one-stage model prints.</summary>
internal sealed record OneStageModelFile(
    DeclarationNames Names,
    ObjectCode Backbone,
    ObjectCode Neck,
    ObjectCode DenseHead,
    string? InitialWeights,
    string ScoreThreshold,
    string NmsIou,
    string MaxPerImage
) : FilePlan("Model", "OneStageModel", Names)
{
    public StructureCode Structure => StructureCode.Holding(("backbone", "Backbone"), ("neck", "Neck"), ("bbox_head", "DenseHead"));

    public bool HasInitialWeights => InitialWeights is not null;
}
