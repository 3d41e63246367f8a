namespace DetectorDsl;

/// <summary>By whose rules detections are scored.</summary>
public enum EvaluationRules
{
    /// <summary>COCO's: exhaustive annotation, crowds, 100 detections per image.</summary>
    Coco,

    /// <summary>LVIS's: federated annotation, frequency groups, 300 detections per image.</summary>
    Lvis,
}
