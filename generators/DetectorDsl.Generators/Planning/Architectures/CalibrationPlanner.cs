using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Architectures;

/// <summary>Plans what is done to the scores of a trained detector.</summary>
internal static class CalibrationPlanner
{
    /// <summary>The scores that detections are selected by; null, and a problem, where they cannot be calibrated.</summary>
    /// <param name="scores">The loss's scores.</param>
    /// <param name="context">The declaration.</param>
    public static string? Scores(string scores, PlanContext context)
    {
        if (context.Spec.Component("Detections")["Calibration"] is not ComponentValue calibration)
        {
            return scores;
        }

        var categories = context.Spec.Categories!;
        if (calibration.Info.Module is null && categories.Categories.Any(static category => category.ImageCount < 0))
        {
            context.Report(
                Problems.ComponentNotUsable(
                    calibration.Origin,
                    calibration.Name,
                    "the category file does not state in how many images each category occurs (image_count)"
                )
            );
            return null;
        }

        var surroundings = new Surroundings()
            .With("classes", context.Classes)
            .With("imageCounts", $"{CSharpLiteral.OfType(categories.TypeName)}.ImageCounts");
        return context.Make(calibration, surroundings) is { } code ? $"{code.Construction}.Apply({scores})" : null;
    }

    /// <summary>Whether a detector that does not calibrate is asked to: a problem.</summary>
    public static bool IsAskedForInVain(PlanContext context)
    {
        if (context.Spec.Component("Detections")["Calibration"] is not ComponentValue calibration)
        {
            return false;
        }

        context.Report(
            Problems.ComponentNotUsable(
                calibration.Origin,
                calibration.Name,
                "it calibrates the classes of sampled regions against their background, which a detector of one stage has not"
            )
        );
        return true;
    }
}
