using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>Assigners of second stages that a declaration does not write out.</summary>
internal static class MaxIouAssigners
{
    /// <summary>Regions are positive from an overlap on and negative below it.</summary>
    /// <param name="overlap">The overlap (IoU), which an object's best regions need, too.</param>
    /// <param name="matchLowQuality">Whether each object keeps its best regions.</param>
    public static ObjectCode At(double overlap, bool matchLowQuality)
    {
        var iou = CSharpLiteral.Of(overlap);
        return ObjectCode.New(
            Matching + "MaxIouAssigner",
            $"positiveIou: {iou}",
            $"negativeIou: {iou}",
            $"minPositiveIou: {iou}",
            $"matchLowQuality: {(matchLowQuality ? "true" : "false")}"
        );
    }
}
