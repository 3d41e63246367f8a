using System.Numerics;
using DetectorDsl.Detection.Matching;
using DetectorDsl.Structures;

namespace DetectorDsl.Detection.Targets;

/// <summary>The boxes of an image among which a sampler chooses, and the object of each.</summary>
/// <param name="Boxes">B x 4 numbers.</param>
/// <param name="Truths">How many of them, at the front, are objects' own boxes that joined the proposals.</param>
/// <param name="Assignment">The object of each.</param>
/// <typeparam name="T">Precision.</typeparam>
internal sealed record RegionCandidates<T>(T[] Boxes, int Truths, Assignment Assignment)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Indices of the boxes on background.</summary>
    public int[] Negatives =>
        [.. Enumerable.Range(0, Assignment.Matched.Length).Where(box => Assignment.Matched[box] == Assignment.Negative)];

    /// <summary>The proposals, after the objects' own boxes where these join them. Only proposals compete for the objects.</summary>
    /// <remarks>Source: mmdetection, base_sampler.py and assign_result.py (add_gt_).</remarks>
    public static RegionCandidates<T> Of(T[] proposals, GroundTruth truth, IBoxAssigner assigner, bool addGroundTruth)
    {
        var objects = truth.BoxesIn<T>();
        var own = assigner.AssignIn<T>(proposals, objects);
        return addGroundTruth
            ? new RegionCandidates<T>(
                [.. objects, .. proposals],
                truth.Count,
                new Assignment(
                    [.. Enumerable.Range(0, truth.Count), .. own.Matched],
                    [.. Enumerable.Repeat(1f, truth.Count), .. own.Overlaps]
                )
            )
            : new RegionCandidates<T>(proposals, 0, own);
    }

    /// <summary>One of the boxes: four numbers.</summary>
    public ReadOnlySpan<T> Box(int box) => Boxes.AsSpan(box * 4, 4);
}
