using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.DenseHeads;

/// <summary>What the template of RetinaNet's head with guided anchors prints.</summary>
internal sealed record GuidedRetinaHeadFile(
    DeclarationNames Names,
    EquatableArray<string> Blocks,
    int Channels,
    int OffsetGroups,
    string Anchoring,
    string LocationThreshold,
    string Classifier,
    string Regressor,
    ObjectCode Loss,
    ObjectCode Coder,
    int LogitCount,
    string LogitMeaning,
    int Classes,
    string CandidatesPerLevel,
    string MinSize
) : FilePlan("DenseHead", "GuidedRetinaHead", Names)
{
    public bool HasBlocks => Blocks.Count > 0;
}
