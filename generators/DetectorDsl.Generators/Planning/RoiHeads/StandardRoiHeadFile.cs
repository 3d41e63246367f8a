using DetectorDsl.Generators.Planning.Code;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>What the template of a second stage with one pass over the proposals prints.</summary>
internal sealed record StandardRoiHeadFile(
    DeclarationNames Names,
    ObjectCode BoxFeatures,
    ObjectCode BoxHead,
    string Scores,
    ObjectCode? MaskFeatures,
    ObjectCode? MaskHead
) : FilePlan("RoiHead", "StandardRoiHead", Names)
{
    public bool HasMasks => MaskHead is not null;
}
