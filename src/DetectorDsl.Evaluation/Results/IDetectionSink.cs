using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Results;

/// <summary>Takes the detections of a piece of a results file, one after the other.</summary>
internal interface IDetectionSink
{
    /// <summary>Detections taken.</summary>
    int Count { get; }

    /// <summary>Takes a detection.</summary>
    /// <exception cref="AnnotationException">It cannot be used; the message says why, without the place.</exception>
    void Add(in DetectionResult result);

    /// <summary>Forgets the detections, for the next piece.</summary>
    void Clear();
}
