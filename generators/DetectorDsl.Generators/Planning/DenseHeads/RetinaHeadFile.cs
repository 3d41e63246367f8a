using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Structure;

namespace DetectorDsl.Generators.Planning.DenseHeads;

/// <summary>What the template of RetinaNet's head prints.</summary>
internal sealed record RetinaHeadFile(
    DeclarationNames Names,
    int AnchorsPerCell,
    string Anchors,
    StructureCode Structure,
    ObjectCode Loss,
    ObjectCode Coder,
    int LogitCount,
    string LogitMeaning,
    int Classes,
    string CandidatesPerLevel,
    string MinSize
) : FilePlan("DenseHead", "RetinaHead", Names);
