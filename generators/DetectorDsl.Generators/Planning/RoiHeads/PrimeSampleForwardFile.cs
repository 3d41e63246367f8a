namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>What the template of the forward pass with prime sample attention prints beside that of a plain pass.</summary>
internal sealed record PrimeSampleForwardFile : StandardForwardFile
{
    public PrimeSampleForwardFile(StandardForwardFile plain, string regions, string regionWeights, bool hasRegression)
        : base(plain)
    {
        Template = "PrimeSampleForward";
        (Regions, RegionWeights, HasRegression) = (regions, regionWeights, hasRegression);
    }

    /// <summary>The call that chooses the regions.</summary>
    public string Regions { get; }

    /// <summary>The expression for their weights in the classification loss.</summary>
    public string RegionWeights { get; }

    /// <summary>Whether there is a second box loss.</summary>
    public bool HasRegression { get; }
}
