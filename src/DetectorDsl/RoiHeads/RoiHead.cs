namespace DetectorDsl;

/// <summary>The second stage: how regions are assigned, sampled, and how many times refined.</summary>
[Component]
public abstract record RoiHead;
