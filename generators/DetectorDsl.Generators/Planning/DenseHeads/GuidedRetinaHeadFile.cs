using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Structure;

namespace DetectorDsl.Generators.Planning.DenseHeads;

/// <summary>What the template of RetinaNet's head with guided anchors prints.</summary>
internal sealed record GuidedRetinaHeadFile(
    DeclarationNames Names,
    StructureCode Structure,
    string Anchoring,
    string LocationThreshold,
    ObjectCode Loss,
    ObjectCode Coder,
    int LogitCount,
    string LogitMeaning,
    int Classes,
    string CandidatesPerLevel,
    string MinSize
) : FilePlan("DenseHead", "GuidedRetinaHead", Names);
