using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Predicting;

/// <summary>Plans the typed predictor and how it prepares images.</summary>
internal static class PredictorPlanner
{
    public static PredictorFile Plan(bool hasMasks, MergedRegions? regions, PlanContext context) =>
        new(
            context.Names,
            CSharpLiteral.OfType(context.Spec.Categories!.TypeName) + ".Class",
            CSharpLiteral.Of(hasMasks),
            string.Join(", ", Preparation(context)),
            regions,
            hasMasks ? "DetectMasks" : "Detect"
        );

    /// <summary>The arguments of an <c>ImagePreparation</c>; those of torchvision's resizing stand only where they are wanted.</summary>
    private static IEnumerable<string> Preparation(PlanContext context)
    {
        yield return Named("Mean");
        yield return Named("Std");
        yield return Named("PadTo");
        yield return context.Value("Preprocessing", "ShortSide");
        yield return context.Value("Preprocessing", "LongSide");
        var preprocessing = context.Spec.Component("Preprocessing");
        if (preprocessing.Truth("CutSides"))
        {
            yield return Named("CutSides");
        }
        if (!preprocessing.Truth("WholeColours"))
        {
            yield return Named("WholeColours");
        }

        string Named(string property) => $"{property}: {context.Value("Preprocessing", property)}";
    }
}
