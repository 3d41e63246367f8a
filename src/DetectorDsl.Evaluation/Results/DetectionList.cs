namespace DetectorDsl.Evaluation.Results;

/// <summary>Detections as they stand in the file.</summary>
internal sealed class DetectionList : IDetectionSink
{
    private readonly List<DetectionResult> items = [];

    public int Count => items.Count;

    public IReadOnlyList<DetectionResult> Items => items;

    public void Add(in DetectionResult result) => items.Add(result);

    public void Clear() => items.Clear();
}
