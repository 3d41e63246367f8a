namespace DetectorDsl;

/// <summary>What the learning rate does over the first steps.</summary>
public enum WarmupForm
{
    /// <summary>It rises in a line from a share to the whole.</summary>
    Linear,

    /// <summary>It stays at a share, and then is the whole.</summary>
    Constant,
}
