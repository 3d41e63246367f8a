using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.Proposals;

/// <summary>Anchors at every place of a pyramid: what makes them, and how many there are at one place.</summary>
internal sealed record AnchorPlan(ObjectCode Code, int PerCell);

/// <summary>Plans anchors.</summary>
internal static class AnchorPlanner
{
    /// <summary>Plans them for the head that holds them; null, and a problem, where they do not fit the pyramid.</summary>
    public static AnchorPlan? Plan(ComponentValue head, IReadOnlyList<Level> pyramid, PlanContext context)
    {
        var anchors = head.Component("Anchors");
        var strides = pyramid.Select(static level => level.Stride).ToList();
        if (!anchors.IsNull("Strides") && !anchors.Integers("Strides").SequenceEqual(strides))
        {
            context.Report(
                Problems.StridesDoNotMatch(
                    anchors["Strides"].Origin,
                    anchors.Name,
                    string.Join(", ", anchors.Integers("Strides")),
                    string.Join(", ", strides)
                )
            );
            return null;
        }

        var code = ObjectCode.New(
            Anchors + "AnchorGenerator",
            ValueCode.Named("scales", anchors["Scales"]),
            ValueCode.Named("ratios", anchors["Ratios"]),
            $"strides: {ValueCode.Numbers(strides)}",
            ValueCode.Named("wholePixels", anchors["WholePixels"]),
            ValueCode.Named("fittedStrides", anchors["FittedStrides"])
        );
        return new AnchorPlan(code, anchors.List("Scales").Count * anchors.List("Ratios").Count);
    }
}
