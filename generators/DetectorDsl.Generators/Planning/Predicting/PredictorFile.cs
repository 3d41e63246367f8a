using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;

namespace DetectorDsl.Generators.Planning.Predicting;

/// <summary>What the template of the predictor prints.</summary>
internal sealed record PredictorFile(
    DeclarationNames Names,
    string Class,
    string HasMasks,
    string Preparation,
    MergedRegions? Regions,
    string DetectCopies
) : FilePlan("Predictor", "Predictor", Names)
{
    public bool HasRegions => Regions is not null;
}
