namespace DetectorDsl.Runtime.Heads;

/// <summary>The boxes of an image among which a sampler chooses, and the object of each.</summary>
internal sealed record RegionCandidates(float[] Boxes, Assignment Assignment)
{
    /// <summary>Indices of the boxes on background.</summary>
    public int[] Negatives => [.. Enumerable.Range(0, Assignment.Matched.Length).Where(box => Assignment.Matched[box] == Assignment.Negative)];

    /// <summary>The proposals, after the objects' own boxes where these join them.</summary>
    public static RegionCandidates Of(float[] proposals, GroundTruth truth, IBoxAssigner assigner, bool addGroundTruth)
    {
        float[] boxes = addGroundTruth ? [.. truth.Boxes, .. proposals] : proposals;
        var assignment = assigner.Assign(boxes, truth.Boxes);
        for (var g = 0; addGroundTruth && g < truth.Count; g++)
        {
            // An object's own box is its own, whichever other one covers it as well.
            assignment.Matched[g] = g;
        }

        return new RegionCandidates(boxes, assignment);
    }
}
