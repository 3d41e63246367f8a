using DetectorDsl.Generators.Planning.Code;

namespace DetectorDsl.Generators.Planning.Models;

/// <summary>What the template of the whole model prints.</summary>
internal sealed record ModelFile(
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
    string MaskThreshold) : FilePlan("Model", "Model", Names)
{
    public bool HasMasks => MaskHead is not null;

    public bool HasInitialWeights => InitialWeights is not null;
}
