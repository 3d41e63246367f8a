using DetectorDsl.Generators.Planning.Code;

namespace DetectorDsl.Generators.Planning.Proposals;

/// <summary>What the template of a region proposal network with guided anchors prints.</summary>
internal sealed record GuidedRpnFile(
    DeclarationNames Names,
    int InputChannels,
    int Channels,
    int OffsetGroups,
    string Anchoring,
    string LocationThreshold,
    ObjectCode Coder,
    string TrainingSelector,
    string InferenceSelector
) : FilePlan("RpnHead", "GuidedRpn", Names);
