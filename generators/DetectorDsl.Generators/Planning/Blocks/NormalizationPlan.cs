using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning.Blocks;

/// <summary>The normalisation after each convolution: the expression that makes its factory, the start of its names, whether it presupposes learnt weights, and whether it keeps statistics.</summary>
internal sealed record NormalizationPlan(string Code, string Key, bool NeedsWeights, bool HasStatistics)
{
    /// <summary>What is added to the variance.</summary>
    public double Epsilon { get; init; } = 1e-5;

    /// <summary>Groups of channels that are normalised together; 0 where each channel is, over the batch.</summary>
    public int Groups { get; init; }

    /// <summary>Plans what a part may state; false, and a problem, where that cannot normalise a channel count that it meets.</summary>
    /// <param name="part">The part, whose <c>Norm</c> may be null.</param>
    /// <param name="channels">Channel counts that are to be normalised.</param>
    /// <param name="layer">What the part is called in messages.</param>
    /// <param name="context">The declaration.</param>
    /// <param name="plan">The normalisation; null where there is none.</param>
    public static bool TryOf(ComponentValue part, IEnumerable<int> channels, string layer, PlanContext context, out NormalizationPlan? plan)
    {
        plan = part.IsNull("Norm") ? null : Of(part.Component("Norm"), channels, layer, context);
        return plan is not null || part.IsNull("Norm");
    }

    /// <summary>Plans it; null, and a problem, where it cannot normalise a channel count that it meets.</summary>
    public static NormalizationPlan? Of(ComponentValue norm, IEnumerable<int> channels, string layer, PlanContext context)
    {
        if (norm.Info.Is("DetectorDsl.BatchNorm"))
        {
            var mode = norm.Choice("Mode");
            return new NormalizationPlan(
                $"NormFactory.Batch(BatchNormMode.{mode}, {ValueCode.Named("epsilon", norm["Epsilon"])}, {ValueCode.Named("momentum", norm["Momentum"])})",
                "bn",
                mode != "Train",
                HasStatistics: true
            )
            {
                Epsilon = norm.Real("Epsilon"),
            };
        }

        if (norm.Info.Is("DetectorDsl.GroupNorm"))
        {
            var groups = norm.Integer("Groups");
            if (channels.FirstOrDefault(count => count % groups != 0) is > 0 and var uneven)
            {
                context.Report(Problems.GroupsDoNotDivide(norm["Groups"].Origin, "Groups", groups, uneven, layer));
                return null;
            }

            return new NormalizationPlan(
                $"NormFactory.Group({ValueCode.Named("groups", norm["Groups"])}, {ValueCode.Named("epsilon", norm["Epsilon"])})",
                "gn",
                NeedsWeights: false,
                HasStatistics: false
            )
            {
                Epsilon = norm.Real("Epsilon"),
                Groups = groups,
            };
        }

        context.Report(Problems.ComponentNotUsable(norm.Origin, norm.Name, "only BatchNorm and GroupNorm can stand here"));
        return null;
    }
}
