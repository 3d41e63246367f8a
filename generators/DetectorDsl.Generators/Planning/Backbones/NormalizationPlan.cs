using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning.Backbones;

/// <summary>The normalisation after each convolution: the expression that makes its factory, the start of its names, whether it presupposes learnt weights, and whether it keeps statistics.</summary>
internal sealed record NormalizationPlan(string Code, string Key, bool NeedsWeights, bool HasStatistics)
{
    /// <summary>What one of a number of channels holds.</summary>
    public Cost Cost(int channels) => Shapes.Cost.Normalization(channels, HasStatistics);

    /// <summary>Plans it; null, and a problem, where it cannot normalise a channel count that it meets.</summary>
    public static NormalizationPlan? Of(ComponentValue norm, IEnumerable<int> channels, PlanContext context)
    {
        if (norm.Info.Is("DetectorDsl.BatchNorm"))
        {
            var mode = norm.Choice("Mode");
            return new NormalizationPlan(
                $"NormFactory.Batch(BatchNormMode.{mode}, {ValueCode.Named("epsilon", norm["Epsilon"])}, {ValueCode.Named("momentum", norm["Momentum"])})", "bn", mode != "Train", HasStatistics: true);
        }

        if (norm.Info.Is("DetectorDsl.GroupNorm"))
        {
            var groups = norm.Integer("Groups");
            if (channels.FirstOrDefault(count => count % groups != 0) is > 0 and var uneven)
            {
                context.Report(Problems.GroupsDoNotDivide(norm["Groups"].Origin, "Groups", groups, uneven, "the backbone"));
                return null;
            }

            return new NormalizationPlan($"NormFactory.Group({ValueCode.Named("groups", norm["Groups"])}, {ValueCode.Named("epsilon", norm["Epsilon"])})", "gn", NeedsWeights: false, HasStatistics: false);
        }

        context.Report(Problems.ComponentNotUsable(norm.Origin, norm.Name, "a ResNet takes BatchNorm and GroupNorm"));
        return null;
    }
}
