using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Structure;

namespace DetectorDsl.Generators.Planning.DenseHeads;

/// <summary>What the template of FCOS's head prints.</summary>
internal sealed record FcosHeadFile(
    DeclarationNames Names,
    string Locations,
    StructureCode Structure,
    ObjectCode Loss,
    string Coder,
    int LogitCount,
    string LogitMeaning,
    int Classes,
    bool HasScales,
    bool CentrenessFromBoxes,
    string DistanceActivation,
    string DistanceUnit,
    bool GeometricMeanScores,
    string CandidatesPerLevel,
    string MinSize
) : FilePlan("DenseHead", "FcosHead", Names)
{
    /// <summary>The tower that the centre-ness is computed from.</summary>
    public string CentrenessSource => CentrenessFromBoxes ? "r" : "c";

    /// <summary>The distances of a level before they are made positive.</summary>
    public string RawDistances => HasScales ? "scales[level].call(conv_reg.call(r))" : "conv_reg.call(r)";
}
