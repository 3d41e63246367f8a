namespace DetectorDsl.Runtime.Heads;

/// <summary>The boxes of an image among which a sampler chooses, and the object of each.</summary>
/// <param name="Boxes">B x 4 numbers.</param>
/// <param name="Truths">How many of them, at the front, are objects' own boxes that joined the proposals.</param>
/// <param name="Assignment">The object of each.</param>
internal sealed record RegionCandidates(float[] Boxes, int Truths, Assignment Assignment)
{
    /// <summary>Indices of the boxes on background.</summary>
    public int[] Negatives => [.. Enumerable.Range(0, Assignment.Matched.Length).Where(box => Assignment.Matched[box] == Assignment.Negative)];

    /// <summary>The proposals, after the objects' own boxes where these join them.</summary>
    public static RegionCandidates Of(float[] proposals, GroundTruth truth, IBoxAssigner assigner, bool addGroundTruth)
    {
        var truths = addGroundTruth ? truth.Count : 0;
        float[] boxes = addGroundTruth ? [.. truth.Boxes, .. proposals] : proposals;
        var assignment = assigner.Assign(boxes, truth.Boxes);
        for (var g = 0; g < truths; g++)
        {
            // An object's own box is its own, whichever other one covers it as well.
            assignment.Matched[g] = g;
        }

        return new RegionCandidates(boxes, truths, assignment);
    }

    /// <summary>One of the boxes: four numbers.</summary>
    public ReadOnlySpan<float> Box(int box) => Boxes.AsSpan(box * 4, 4);
}
