using DetectorDsl.Generators.Planning.Code;

namespace DetectorDsl.Generators.Planning.Proposals;

/// <summary>What the template of a region proposal network prints.</summary>
internal sealed record RpnFile(DeclarationNames Names, int InputChannels, int Channels, int AnchorsPerCell, string Scales, string Ratios, string Strides, string TrainingSelector, string InferenceSelector)
    : FilePlan("RpnHead", "Rpn", Names)
{
    public int OffsetChannels => 4 * AnchorsPerCell;
}
