using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Proposals;

/// <summary>What the template of a region proposal network prints.</summary>
internal sealed record RpnFile(
    DeclarationNames Names,
    StructureCode Structure,
    int Channels,
    int AnchorsPerCell,
    string Anchors,
    ObjectCode Coder,
    string TrainingSelector,
    string InferenceSelector
) : FilePlan("RpnHead", "Rpn", Names)
{
    /// <summary>Whether there are several 3x3 convolutions.</summary>
    public bool HasBlocks { get; init; }

    public string AnchorsPhrase => AnchorsPerCell == 1 ? "one anchor" : $"{AnchorsPerCell} anchors";

    /// <summary>Anchors of a level of h x w cells.</summary>
    public string AnchorCount => AnchorsPerCell == 1 ? "h w" : $"{AnchorsPerCell} h w";
}
