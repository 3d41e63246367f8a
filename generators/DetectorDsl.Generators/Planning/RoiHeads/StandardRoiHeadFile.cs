using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Structure;

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
    public StructureCode Structure =>
        StructureCode.Holding([("bbox_head", "BoxHead"), .. HasMasks ? new[] { ("mask_head", "MaskHead") } : []]);

    public bool HasMasks => MaskHead is not null;
}
