using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Structure;

namespace DetectorDsl.Generators.Planning.Architectures;

/// <summary>What the template of a two-stage model prints.</summary>
internal sealed record TwoStageModelFile(
    DeclarationNames Names,
    ObjectCode Backbone,
    ObjectCode Neck,
    ObjectCode RpnHead,
    string? InitialWeights,
    string Features,
    string Pyramid,
    string ScoreThreshold,
    string NmsIou,
    string MaxPerImage,
    string MinSize,
    bool HasMasks,
    string MaskThreshold,
    string MaskPaster
) : FilePlan("Model", "TwoStageModel", Names)
{
    public StructureCode Structure =>
        StructureCode.Holding(("backbone", "Backbone"), ("neck", "Neck"), ("rpn_head", "RpnHead"), ("roi_head", "RoiHead"));

    public bool HasInitialWeights => InitialWeights is not null;

    /// <summary>The interface of its steps.</summary>
    public string Steps => HasMasks ? "IMaskDetector" : "IRegionDetector";
}
