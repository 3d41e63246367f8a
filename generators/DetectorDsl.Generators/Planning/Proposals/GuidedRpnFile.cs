using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Structure;

namespace DetectorDsl.Generators.Planning.Proposals;

/// <summary>What the template of a region proposal network with guided anchors prints.</summary>
internal sealed record GuidedRpnFile(
    DeclarationNames Names,
    StructureCode Structure,
    int Channels,
    string Anchoring,
    string LocationThreshold,
    ObjectCode Coder,
    string TrainingSelector,
    string InferenceSelector
) : FilePlan("RpnHead", "GuidedRpn", Names);
