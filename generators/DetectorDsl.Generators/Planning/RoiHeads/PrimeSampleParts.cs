using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>What heads with prime sample attention (PISA) have in common.</summary>
internal static class PrimeSampleParts
{
    public const string Reweighting = "Reweighting";
    public const string Regression = "Regression";

    /// <summary>The second box loss's term.</summary>
    public static LossTerm Term(string what) => new("loss_carl", $"Offsets of the positive {what}, weighed by their scores.");

    /// <summary>Whether a loss tells the part of each region; a problem where it does not.</summary>
    public static bool CanRank(ComponentValue loss, ComponentValue head, PlanContext context)
    {
        if (loss.Info.Logits is { PerRegion: true })
        {
            return true;
        }

        context.Report(
            Problems.PrimeSamplesDoNotFit(
                loss.Origin,
                loss.Name,
                head.Name,
                "it tells no loss of a single region ([Logits(PerRegion = true)]), as one that draws lots each step or averages over groups of regions cannot. Take another loss, or no reweighting"
            )
        );
        return false;
    }

    /// <summary>Whether predicted boxes can be held against their objects; a problem at the head where not.</summary>
    public static bool HasOverlaps(ComponentValue coder, ComponentValue boxHead, ComponentValue head, PlanContext context)
    {
        if (coder.Info.Is("DetectorDsl.DeltaBoxCoder"))
        {
            return true;
        }

        context.Report(
            Problems.PrimeSamplesDoNotFit(
                boxHead.Origin,
                boxHead.Name,
                head.Name,
                "its boxes are not those of a DeltaBoxCoder, by whose overlap regions are ranked. Take a DeltaBoxCoder, or no prime samples"
            )
        );
        return false;
    }

    /// <summary>Fields of the training for the parts that are declared; null, and a problem, where one cannot be made.</summary>
    public static IReadOnlyList<FieldPlan>? Fields(ComponentValue head, PlanContext context)
    {
        var fields = new List<FieldPlan>();
        foreach (
            var (property, name, summary) in new[]
            {
                (Reweighting, "reweighting", "Weights of the positive boxes by the fit of what is predicted for them."),
                (Regression, "regression", "Weights of the positive boxes in the second box loss."),
            }
        )
        {
            if (head[property] is not ComponentValue part)
            {
                continue;
            }

            if (context.Make(part, Surroundings.None) is not { } code)
            {
                return null;
            }

            fields.Add(new FieldPlan(name, code, summary));
        }

        return fields;
    }
}
