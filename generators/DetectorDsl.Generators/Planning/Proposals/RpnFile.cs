using DetectorDsl.Generators.Planning.Code;

namespace DetectorDsl.Generators.Planning.Proposals;

/// <summary>What the template of a region proposal network prints.</summary>
internal sealed record RpnFile(DeclarationNames Names, int InputChannels, int Channels, int AnchorsPerCell, string Anchors, string TrainingSelector, string InferenceSelector)
    : FilePlan("RpnHead", "Rpn", Names)
{
    public int OffsetChannels => 4 * AnchorsPerCell;

    public string AnchorsPhrase => AnchorsPerCell == 1 ? "one anchor" : $"{AnchorsPerCell} anchors";

    /// <summary>Anchors of a level of h x w cells.</summary>
    public string AnchorCount => AnchorsPerCell == 1 ? "h w" : $"{AnchorsPerCell} h w";
}
