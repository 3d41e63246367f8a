namespace DetectorDsl;

/// <summary>Decides which boxes (anchors, proposals) are positive for which object.</summary>
[Component]
public abstract record BoxAssigner;
