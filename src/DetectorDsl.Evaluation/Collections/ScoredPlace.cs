namespace DetectorDsl.Evaluation.Collections;

/// <summary>Ranks by descending score; equal scores by ascending position, which makes the order stable.</summary>
/// <param name="Score">A finite number.</param>
/// <param name="Place">Differs from all others'.</param>
internal readonly record struct ScoredPlace(double Score, int Place)
{
    /// <summary>Whether this one comes before the other.</summary>
    public bool IsBefore(in ScoredPlace other) => Score > other.Score || (Score == other.Score && Place < other.Place);
}
