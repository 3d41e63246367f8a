namespace DetectorDsl.Evaluation.Matching;

/// <summary>Sorts by falling score; equal scores by rising place, which makes the order stable.</summary>
internal readonly record struct ScoredPlace(double Score, int Place) : IComparable<ScoredPlace>
{
    public int CompareTo(ScoredPlace other) =>
        Score > other.Score ? -1 : Score < other.Score ? 1 : Place.CompareTo(other.Place);
}
