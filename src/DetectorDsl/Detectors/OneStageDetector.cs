namespace DetectorDsl;

/// <summary>A detector that classifies and refines at every location of the pyramid at once.</summary>
[Detector]
public abstract partial record OneStageDetector : Detector
{
    /// <summary>The branch that finds objects at every location.</summary>
    public abstract DenseHead DenseHead { get; }
}
