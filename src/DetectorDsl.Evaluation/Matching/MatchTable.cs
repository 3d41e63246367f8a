namespace DetectorDsl.Evaluation.Matching;

/// <summary>What became of each detection: bit t of an entry is for threshold t.</summary>
/// <param name="detections">Number of detections.</param>
/// <param name="areas">Number of area ranges.</param>
internal sealed class MatchTable(int detections, int areas)
{
    private readonly ulong[] hits = new ulong[detections * areas];
    private readonly ulong[] ignored = new ulong[detections * areas];

    /// <summary>Thresholds at which a detection found an object that counts; by area range and place in the order.</summary>
    public Span<ulong> Hits(int area) => hits.AsSpan(area * detections, detections);

    /// <summary>Thresholds at which a detection counts neither as right nor as wrong.</summary>
    public Span<ulong> Ignored(int area) => ignored.AsSpan(area * detections, detections);
}
