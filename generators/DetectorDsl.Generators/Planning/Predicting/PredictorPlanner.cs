using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning.Predicting;

/// <summary>Plans the typed predictor and how it prepares images.</summary>
internal static class PredictorPlanner
{
    public static PredictorFile Plan(bool hasMasks, MergedRegions? regions, PlanContext context) => new(
        context.Names,
        CSharpLiteral.OfType(context.Spec.Categories!.TypeName) + ".Class",
        CSharpLiteral.Of(hasMasks),
        context.Value("Preprocessing", "Mean"),
        context.Value("Preprocessing", "Deviation"),
        context.Value("Preprocessing", "PadTo"),
        context.Value("Preprocessing", "ShortSide"),
        context.Value("Preprocessing", "LongSide"),
        regions,
        hasMasks ? "DetectMasks" : "Detect");
}
