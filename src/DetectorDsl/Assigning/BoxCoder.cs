namespace DetectorDsl;

/// <summary>Turns a box and its target into regression numbers and back.</summary>
[Component]
public abstract record BoxCoder;
