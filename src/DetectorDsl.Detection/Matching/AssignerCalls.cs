using System.Numerics;
using DetectorDsl.Structures;

namespace DetectorDsl.Detection.Matching;

/// <summary>Assigners asked in the precision that is at hand: single or double.</summary>
internal static class AssignerCalls
{
    /// <summary>Assigns boxes.</summary>
    public static Assignment AssignIn<T>(this IBoxAssigner assigner, ReadOnlySpan<T> boxes, ReadOnlySpan<T> truths)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(double)
            ? assigner.Assign(Precision.As<T, double>(boxes), Precision.As<T, double>(truths))
            : assigner.Assign(Precision.As<T, float>(boxes), Precision.As<T, float>(truths));
}
