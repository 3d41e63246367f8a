namespace DetectorDsl;

/// <summary>Loss over the classes of a region. It also fixes the number of logits and how they become scores.</summary>
[Component]
public abstract record ClassificationLoss;
