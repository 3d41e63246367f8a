using DetectorDsl.Generators.Planning.Code;

namespace DetectorDsl.Generators.Planning.Architectures;

/// <summary>What the template of a two-stage model prints.</summary>
internal sealed record TwoStageModelFile(
    DeclarationNames Names,
    ObjectCode Backbone,
    ObjectCode Neck,
    ObjectCode RpnHead,
    ObjectCode BoxFeatures,
    ObjectCode BoxHead,
    ObjectCode? MaskFeatures,
    ObjectCode? MaskHead,
    string? InitialWeights,
    string ScoreThreshold,
    string NmsIou,
    string MaxPerImage,
    string MinSize,
    string Scores,
    string MaskThreshold,
    string MaskPaster) : FilePlan("Model", "TwoStageModel", Names)
{
    public bool HasMasks => MaskHead is not null;

    public bool HasInitialWeights => InitialWeights is not null;
}
