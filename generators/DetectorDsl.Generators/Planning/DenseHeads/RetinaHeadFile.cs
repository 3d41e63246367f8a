using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.DenseHeads;

/// <summary>What the template of RetinaNet's head prints.</summary>
internal sealed record RetinaHeadFile(
    DeclarationNames Names,
    int AnchorsPerCell,
    string Anchors,
    EquatableArray<string> Blocks,
    string Classifier,
    string Regressor,
    ObjectCode Loss,
    ObjectCode Coder,
    int LogitCount,
    string LogitMeaning,
    int Classes,
    string CandidatesPerLevel,
    string MinSize
) : FilePlan("DenseHead", "RetinaHead", Names)
{
    public bool HasBlocks => Blocks.Count > 0;
}
