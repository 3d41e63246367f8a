using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Proposals;

/// <summary>What the template of a region proposal network prints.</summary>
internal sealed record RpnFile(
    DeclarationNames Names,
    int InputChannels,
    int Channels,
    int AnchorsPerCell,
    string Anchors,
    ObjectCode Coder,
    string TrainingSelector,
    string InferenceSelector
) : FilePlan("RpnHead", "Rpn", Names)
{
    /// <summary>The 3x3 convolutions where there are several; empty where there is one.</summary>
    public EquatableArray<string> Blocks { get; init; } = [];

    public bool HasBlocks => Blocks.Count > 0;

    public int OffsetChannels => 4 * AnchorsPerCell;

    public string AnchorsPhrase => AnchorsPerCell == 1 ? "one anchor" : $"{AnchorsPerCell} anchors";

    /// <summary>Anchors of a level of h x w cells.</summary>
    public string AnchorCount => AnchorsPerCell == 1 ? "h w" : $"{AnchorsPerCell} h w";
}
