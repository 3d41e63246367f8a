using DetectorDsl.Detection.Matching;
using DetectorDsl.Structures;

namespace DetectorDsl.Detection.Targets;

/// <summary>The boxes of an image among which a sampler chooses, and the object of each.</summary>
/// <param name="Boxes">B boxes.</param>
/// <param name="Truths">How many of them, at the front, are objects' own boxes that joined the proposals.</param>
/// <param name="Assignment">The object of each.</param>
internal sealed record RegionCandidates(Boxes Boxes, int Truths, Assignment Assignment)
{
    /// <summary>Indices of the boxes on background.</summary>
    public int[] Negatives =>
        [.. Enumerable.Range(0, Assignment.Matched.Length).Where(box => Assignment.Matched[box] == Assignment.Negative)];

    /// <summary>The proposals, after the objects' own boxes where these join them. Only proposals compete for the objects.</summary>
    /// <remarks>Source: mmdetection, base_sampler.py and assign_result.py (add_gt_).</remarks>
    public static RegionCandidates Of(Boxes proposals, GroundTruth truth, IBoxAssigner assigner, bool addGroundTruth)
    {
        var own = assigner.Assign(proposals, truth.Boxes);
        return addGroundTruth
            ? new RegionCandidates(
                Boxes.Concat([proposals.AreDouble ? truth.Boxes.To<double>() : truth.Boxes.To<float>(), proposals]),
                truth.Count,
                new Assignment(
                    [.. Enumerable.Range(0, truth.Count), .. own.Matched],
                    [.. Enumerable.Repeat(1f, truth.Count), .. own.Overlaps]
                )
            )
            : new RegionCandidates(proposals, 0, own);
    }
}
