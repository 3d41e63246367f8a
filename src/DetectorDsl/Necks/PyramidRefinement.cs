namespace DetectorDsl;

/// <summary>What a balanced feature pyramid does to the mean of its levels.</summary>
[Component]
public abstract record PyramidRefinement;
