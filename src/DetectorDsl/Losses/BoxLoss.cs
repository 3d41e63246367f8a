namespace DetectorDsl;

/// <summary>Loss of box offsets.</summary>
[Component]
public abstract record BoxLoss;
